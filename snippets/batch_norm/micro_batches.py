"""Gradient accumulation equals one large batch, except with batch norm in training."""

import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(32, 8)  # (N, D)
target = x.sum(1, keepdim=True)  # (N, 1)


def gradient(net, parts):
    """Return the first weight's gradient, accumulated over parts of the batch."""
    net.zero_grad()
    for some_x, some_target in zip(x.chunk(parts), target.chunk(parts), strict=True):
        loss = nn.functional.mse_loss(net(some_x), some_target)
        (loss / parts).backward()
    return net[0].weight.grad.clone()


for name, norm in (
    ("no norm", nn.Identity()),
    ("LayerNorm", nn.LayerNorm(16)),
    ("BatchNorm1d", nn.BatchNorm1d(16)),
    ("BatchNorm1d, eval", nn.BatchNorm1d(16).eval()),
):
    net = nn.Sequential(nn.Linear(8, 16), norm, nn.ReLU(), nn.Linear(16, 1))
    whole = gradient(net, parts=1)
    for parts in (4, 16):
        off = (gradient(net, parts) - whole).norm() / whole.norm()
        print(f"{name:<18} {parts:2d} parts of {32 // parts}: off by {off:.2f}")
