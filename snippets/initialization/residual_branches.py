"""Each branch adds to a residual stream: how large that grows, and what stops it."""

import torch
import torch.nn.functional as F
from torch import nn

D = 64


def stream(branches, scale, norm):
    """Return the mean square of a stream that started at 1, after so many branches.

    A branch keeps the mean square of what it reads, is multiplied by `scale`, and is
    not correlated with the stream. norm: it reads the normalized stream, and adds
    scale^2; without, scale^2 times the stream. Fewer than 0 branches: ValueError.
    """
    if branches < 0:
        raise ValueError(f"expected 0 branches or more, got {branches}")
    return 1 + branches * scale**2 if norm else (1 + scale**2) ** branches


@torch.no_grad()
def measured(branches, scale, norm):
    """Return the same of real streams (N, D), the mean of six starts.

    Each branch is two linear layers with a ReLU between them.
    """
    torch.manual_seed(0)
    up, down = nn.Linear(D, 4 * D, bias=False), nn.Linear(4 * D, D, bias=False)
    squares = []
    for _ in range(6):
        x = torch.randn(50, D)  # (N, D)
        for _ in range(branches):
            nn.init.kaiming_normal_(up.weight, nonlinearity="linear")
            nn.init.kaiming_normal_(down.weight, nonlinearity="relu")
            h = F.layer_norm(x, [D]) if norm else x  # (N, D)
            x = x + scale * down(up(h).relu())  # (N, D)
        squares.append(x.square().mean().item())
    return sum(squares) / 6


torch.set_default_dtype(torch.float64)
print("mean square of the stream   4 branches  formula    16 branches  formula")
for norm in (False, True):
    for name, scale in (
        ("1", lambda n: 1.0),
        ("1 / sqrt(branches)", lambda n: n**-0.5),
        ("0", lambda n: 0.0),
    ):
        row = f"{'norm' if norm else 'no norm'}, x {name}"
        few, many = ((n, scale(n), norm) for n in (4, 16))
        print(f"{row:<30}{measured(*few):8.1f}{stream(*few):9.1f}", end="")
        print(f"{measured(*many):15.1f}{stream(*many):9.1f}")
