"""The first loss is the logarithm of the batch size: a softmax over the wrong axis."""

import math

import torch
from torch import nn


def run(axis, size, seed=0, steps=60):
    """Return the first loss, and accuracies by batches of 100 and one at a time."""
    torch.manual_seed(seed)
    net = nn.Linear(20, 10)
    optimizer = torch.optim.SGD(net.parameters(), 2.0)
    first = None
    for step in range(steps):
        batch = torch.arange(step * size, (step + 1) * size) % len(x)  # (B,)
        p = net(x[batch]).softmax(dim=axis)  # (B, K)
        loss = -p[torch.arange(size), y[batch]].log().mean()
        first = first or loss.item()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    found = []
    for part in (100, 1):
        p = torch.cat([net(rows).softmax(dim=axis) for rows in x.split(part)])
        found.append((p.argmax(dim=1) == y).double().mean().item())
    return first, *found


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
y = torch.arange(400) % 10  # (N,)
x = (torch.randn(10, 20)[y] + torch.randn(400, 20)) / 4  # (N, D): ten clouds
print("                  first loss   ln B   ln K   accuracy by 100   by 1")
for axis in (0, 1):
    for size in (40, 200):
        first, many, one = run(axis, size)
        row = f"{first:9.2f}{math.log(size):7.2f}{math.log(10):7.2f}"
        print(f"dim={axis}, B = {size:<6}{row}{many:18.2f}{one:7.2f}")
