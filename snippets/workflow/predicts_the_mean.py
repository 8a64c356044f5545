"""Every prediction is the mean of the targets: scores (N, 1) met targets (N,)."""

import torch
from torch import nn


def train(cured, seed=0, steps=200):
    """Return the loss, and mean and deviation of predictions and targets."""
    torch.manual_seed(seed)
    x = torch.randn(120, 5)  # (N, D)
    y = 7 + x @ torch.tensor([1.0, 2.0, 0.0, -1.0, 3.0])  # (N,)
    net = nn.Linear(5, 1)
    optimizer = torch.optim.SGD(net.parameters(), 0.05)
    for _ in range(steps):
        predicted = net(x)  # (N, 1)
        if cured:
            predicted = predicted.squeeze(1)  # (N,)
        loss = (predicted - y).square().mean()  # over (N, N), if not cured
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    moments = [m.item() for v in (predicted, y) for m in (v.mean(), v.std())]
    return loss.item(), *moments


torch.set_default_dtype(torch.float64)
print("predictions     loss   mean and deviation: predicted        target")
for name, cured in (("(N, 1)", False), ("(N,)", True)):
    loss, *moments = train(cured)
    row = "".join(f"{m:7.2f}" for m in moments)
    print(f"{name:<13}{loss:7.2f}{'':24}{row[:14]}{row[14:]}")
