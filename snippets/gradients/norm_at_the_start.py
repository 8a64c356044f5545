"""What a norm does to gradients before the first step: the growth in each layer."""

import math

import torch
from torch import nn

WIDTH, DEPTH = 128, 40


def growth(norm, skip=False):
    """Return by how much dL/dh grows in each layer on the way back, on average."""
    torch.manual_seed(0)
    start = h = torch.randn(256, WIDTH, requires_grad=True)  # (N, D)
    for _ in range(DEPTH):
        w = (2 / WIDTH) ** 0.5 * torch.randn(WIDTH, WIDTH)  # (out, in)
        h = h + norm(h).relu() @ w.T if skip else norm(h @ w.T).relu()  # (N, D)
    last = torch.randn(h.shape)  # (N, D)
    (g,) = torch.autograd.grad(h, start, last)
    return (g.norm() / last.norm()).item() ** (1 / DEPTH)


torch.set_default_dtype(torch.float64)
for name, norm, skip in (
    ("no norm", nn.Identity(), False),
    ("batch norm", nn.BatchNorm1d(WIDTH), False),
    ("layer norm", nn.LayerNorm(WIDTH), False),
    ("batch norm, skip", nn.BatchNorm1d(WIDTH), True),
    ("layer norm, skip", nn.LayerNorm(WIDTH), True),
):
    factor = growth(norm, skip)
    print(f"{name:<18}x {factor:.2f} a layer, x {factor**50:.0e} in 50 layers")
print(
    f"batch norm in theory, without a skip: x {math.sqrt(math.pi / (math.pi - 1)):.2f}"
)
