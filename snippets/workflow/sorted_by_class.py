"""The loss drops and jumps back in every epoch: the data are sorted by class."""

import torch
import torch.nn.functional as F
from torch import nn


def train(shuffled, seed=0, epochs=4):
    """Return the losses of all batches, and the accuracy on new data."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(20, 30), nn.ReLU(), nn.Linear(30, 10))
    optimizer = torch.optim.SGD(net.parameters(), 0.3)
    losses = []
    for _ in range(epochs):
        order = torch.randperm(len(x)) if shuffled else torch.arange(len(x))  # (N,)
        for batch in order.split(40):  # (B,)
            loss = F.cross_entropy(net(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
    right = net(test_x).argmax(dim=1) == test_y  # (N,)
    return losses, right.double().mean().item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
centers = torch.randn(10, 20)  # (K, D)
y = torch.arange(800) // 80  # (N,): class by class, as folders come
x = centers[y] + 2 * torch.randn(800, 20)  # (N, D)
test_y = torch.arange(400) % 10  # (N,)
test_x = centers[test_y] + 2 * torch.randn(400, 20)  # (N, D)
print("loss in the last epoch        least   largest   accuracy on new data")
for name, shuffled in (("in the order of classes", False), ("shuffled", True)):
    losses, accuracy = train(shuffled)
    last = losses[-20:]
    print(f"{name:<28}{min(last):7.2f}{max(last):10.2f}{accuracy:11.2f}")
