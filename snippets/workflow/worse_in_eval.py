"""Worse in eval than in train mode: batch norm's running averages lag behind."""

import torch
import torch.nn.functional as F
from torch import nn


def accuracies(momentum, seed=0, epochs=3):
    """Train; return the accuracies on the same data in train and in eval mode."""
    torch.manual_seed(seed)
    norm = nn.BatchNorm1d(30, momentum=momentum)
    net = nn.Sequential(nn.Linear(20, 30), norm, nn.ReLU(), nn.Linear(30, 10))
    optimizer = torch.optim.SGD(net.parameters(), 0.2)
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(50):  # (B,)
            loss = F.cross_entropy(net(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    found = []
    for training in (False, True):  # eval first: train mode changes the averages
        net.train(training)
        with torch.no_grad():
            found.append((net(x).argmax(dim=1) == y).double().mean().item())
    return found[1], found[0]


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
y = torch.arange(600) % 10  # (N,)
x = 2 + torch.randn(10, 20)[y] + torch.randn(600, 20)  # (N, D): ten clouds
print("accuracy on training data   train mode   eval mode")
for momentum in (0.001, 0.1):
    train, evaluation = accuracies(momentum)
    print(f"momentum={momentum:<19g}{train:10.2f}{evaluation:12.2f}")
