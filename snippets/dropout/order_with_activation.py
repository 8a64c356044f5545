"""Dropout before or after the activation: the same for ReLU, not for most others."""

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(50, 8, dtype=torch.float64)  # (N, D)
factor = 2.0 * (torch.rand(50, 8) >= 0.5)  # (N, D)  one mask for all, p_drop = 0.5

layers = (nn.ReLU(), nn.LeakyReLU(0.1), nn.GELU(), nn.SiLU(), nn.Tanh(), nn.Sigmoid())
for layer in layers:
    off = (layer(factor * x) - factor * layer(x)).abs().max()
    dropped = layer(factor * x)[factor == 0].mean()  # what a dropped unit passes on
    print(f"{type(layer).__name__:<9}  the orders differ by {off:.2f}", end="  ")
    print(f"dropped before it, a unit passes on {dropped:.1f}")
