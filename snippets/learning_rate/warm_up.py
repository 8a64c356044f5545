"""Warm-up: a rate that kills a network in its first steps can suit it later."""

from itertools import pairwise

import torch
from torch import nn
from torch.autograd import grad
from torch.nn.functional import binary_cross_entropy_with_logits as bce


def limit(loss, parameters, rounds=20):
    """Return 2 / the Hessian's largest eigenvalue, by power iteration."""
    slopes = grad(loss, parameters, create_graph=True)
    slope = torch.cat([s.flatten() for s in slopes])  # (P,): all parameters in a row
    v = torch.ones_like(slope)  # (P,)
    for _ in range(rounds):
        product = grad(slope, parameters, v / v.norm(), retain_graph=True)
        v = torch.cat([h.flatten() for h in product])  # (P,): Hessian times v
    return 2 / v.norm().item()


def train(rate, warm, steps=120, measure=False):
    """Return the last loss; or the limit at the start and where the warm-up ends."""
    torch.manual_seed(0)
    x = torch.randn(128, 16)  # (N, D)
    y = (x[:, :1] * x[:, 1:2] > 0).double()  # (N, 1)
    widths = [16, 32, 32, 32, 32, 32, 32]
    layers = [nn.Linear(*pair) for pair in pairwise(widths)]
    for layer in layers:
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        layer.weight.data *= 1.5
    network = nn.Sequential(*[m for layer in layers for m in (layer, nn.ReLU())])
    network.append(nn.Linear(32, 1))
    optimizer = torch.optim.SGD(network.parameters())
    limits = []
    for step in range(steps):
        loss = bce(network(x), y)
        if measure and step in (0, warm):
            limits.append(limit(loss, list(network.parameters())))
        optimizer.param_groups[0]["lr"] = rate * min(1, (step + 1) / warm)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return limits if measure else loss.item()


torch.set_default_dtype(torch.float64)
rates = 0.1, 0.2, 0.4, 0.8
print("rate            " + "".join(f"{rate:8}" for rate in rates))
for warm in (1, 5, 50):
    losses = [train(rate, warm) for rate in rates]
    row = "".join("  learns" if loss < 0.1 else "   fails" for loss in losses)
    print(f"{warm:2d} steps warm-up{row}" if warm > 1 else f"no warm-up      {row}")
for warm in (5, 50):
    first, after = train(0.1, warm, measure=True)
    print(
        f"limit at the start: {first:.2f}, after {warm:2d} steps up to 0.1: {after:.2f}"
    )
