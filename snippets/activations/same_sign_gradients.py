"""Gradients of one sign: the rule for a single example, not for a batch."""

import torch
from torch import nn


def same_sign(gradient):
    """Return the share of units all of whose weights' gradients have one sign.

    gradient: (units, inputs).
    """
    up, down = (gradient > 0).all(dim=1), (gradient < 0).all(dim=1)
    return (up | down).double().mean().item()


def share(first, fitted, batch, seed):
    """Return same_sign for 64 units that read 8 outputs of the activation `first`."""
    torch.manual_seed(seed)
    layers = [nn.Linear(10, 8), first, nn.Linear(8, 64), nn.Tanh(), nn.Linear(64, 1)]
    network = nn.Sequential(*layers)
    x = torch.randn(1000, 10)  # (N, D)
    y = x.sin().sum(dim=1, keepdim=True)  # (N, 1)
    if fitted:  # the last bias, so that errors have mean 0
        network[4].bias.data += (y - network(x)).mean()
    nn.functional.mse_loss(network(x[:batch]), y[:batch]).backward()
    return same_sign(network[2].weight.grad)  # (64, 8)


torch.set_default_dtype(torch.float64)
BATCHES = (1, 4, 16, 64, 256)
print("share of units by batch size " + "".join(f"{n:7d}" for n in BATCHES))
for name, first, fitted in (
    ("sigmoid below", nn.Sigmoid(), False),
    ("sigmoid below, mean error 0", nn.Sigmoid(), True),
    ("tanh below", nn.Tanh(), False),
):
    shares = [sum(share(first, fitted, n, s) for s in range(10)) / 10 for n in BATCHES]
    print(f"{name:<29}" + "".join(f"{100 * s:5.0f} %" for s in shares))
