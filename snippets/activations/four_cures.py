"""Cures for dead ReLUs, each tried on the same network and data."""

import torch
from torch import nn


def train(activation=nn.ReLU, rate=0.02, mean=3.0, bias=None, norm=nn.Identity):
    """Train 64 hidden units on inputs of this mean by 100 steps over all examples.

    Returns the per cent of units negative for every example, before and after, that of
    units whose weights get no gradient at the end, and the last loss.
    """
    torch.manual_seed(0)
    x = torch.randn(256, 10)  # (N, D)
    y = x[:, :3].sum(dim=1, keepdim=True).sin() + 1  # (N, 1)
    x = x + mean
    torch.manual_seed(1)
    below = nn.Sequential(nn.Linear(10, 64), norm(64))
    network = nn.Sequential(below, activation(), nn.Linear(64, 1))
    if bias is not None:
        nn.init.constant_(below[0].bias, bias)
    optimizer = torch.optim.SGD(network.parameters(), rate)
    negative = [(below(x) <= 0).all(dim=0)]  # (64,)
    for _ in range(100):
        optimizer.zero_grad()
        nn.functional.mse_loss(network(x), y).backward()
        optimizer.step()
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(network(x), y)
    loss.backward()
    negative.append((below(x) <= 0).all(dim=0))
    still = (below[0].weight.grad == 0).all(dim=1)
    return *(100 * u.double().mean() for u in (*negative, still)), loss.item()


torch.set_default_dtype(torch.float64)
print("100 steps; inputs of        all negative, %   no gradient, %")
print("mean 3, rate 0.02           start     end              end    loss")
for name, options in {
    "ReLU": {},
    "  bias starts at 0.1": {"bias": 0.1},
    "  bias starts at 1": {"bias": 1.0},
    "  rate 0.005": {"rate": 0.005},
    "  inputs of mean 0": {"mean": 0.0},
    "  batch norm before it": {"norm": nn.BatchNorm1d},
    "leaky ReLU": {"activation": nn.LeakyReLU},
    "GELU": {"activation": nn.GELU},
    "ELU": {"activation": nn.ELU},
    "  rate 0.005, ELU": {"activation": nn.ELU, "rate": 0.005},
}.items():
    start, end, still, loss = train(**options)
    print(f"{name:<25}{start:8.0f}{end:8.0f}{still:17.0f}{loss:8.2f}")
