"""The loss is stuck at 2.303, or ln 10: inputs and labels were shuffled apart."""

import torch
import torch.nn.functional as F
from torch import nn


def shuffle(x, y, cured):
    """Return x (N, D) and y (N,) in random order: each its own, or one for both."""
    order = torch.randperm(len(x))  # (N,)
    return x[order], y[order if cured else torch.randperm(len(y))]


def train(cured, seed=0, epochs=3):
    """Return the mean loss of each epoch, and the accuracy of the last."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(20, 30), nn.ReLU(), nn.Linear(30, 10))
    optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9)
    means = []
    for _ in range(epochs):
        losses, right = [], 0
        inputs, targets = shuffle(x, y, cured)
        for batch in torch.arange(len(x)).split(50):  # (B,)
            logits = net(inputs[batch])  # (B, K)
            loss = F.cross_entropy(logits, targets[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
            right += (logits.argmax(dim=1) == targets[batch]).sum().item()
        means.append(sum(losses) / len(losses))
    return means, right / len(x)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
y = torch.arange(1000) % 10  # (N,)
x = torch.randn(10, 20)[y] + torch.randn(1000, 20)  # (N, D): ten clouds
print("loss in epoch              1      2      3   accuracy")
for name, cured in (("two shuffles", False), ("one for both", True)):
    means, accuracy = train(cured)
    print(f"{name:<20}" + "".join(f"{m:7.3f}" for m in means) + f"{accuracy:11.2f}")
