"""All outputs are 0 and stay 0: a regression that ends in ReLU."""

import torch
import torch.nn.functional as F
from torch import nn


def train(end, seed=0, steps=150):
    """Return the last loss, the share of outputs that are 0, and the least output."""
    torch.manual_seed(seed)
    x = torch.randn(100, 6)  # (N, D)
    y = x[:, 0] - 2 * x[:, 1] - 3  # (N,): most are below 0
    net = nn.Sequential(nn.Linear(6, 20), nn.ReLU(), nn.Linear(20, 1), end)
    optimizer = torch.optim.SGD(net.parameters(), 0.05)
    for _ in range(steps):
        predicted = net(x).squeeze(1)  # (N,)
        loss = F.mse_loss(predicted, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    zeros = (predicted == 0).double().mean().item()
    return loss.item(), zeros, predicted.min().item()


torch.set_default_dtype(torch.float64)
print("the last layer is      loss   outputs that are 0   least output")
for name, end in (("Linear, ReLU", nn.ReLU()), ("Linear", nn.Identity())):
    loss, zeros, least = train(end)
    print(f"{name:<20}{loss:7.2f}{zeros:21.0%}{least:15.2f}")
