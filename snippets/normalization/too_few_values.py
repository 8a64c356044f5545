"""A norm of one value returns beta, one of two returns signs; torch seldom objects."""

import torch
from torch import nn

torch.manual_seed(0)


def sizes(layer, shape):
    """Return the smallest and largest |output| for random inputs, or a refusal."""
    try:
        y = layer(10 * torch.randn(shape)).abs()
    except ValueError:
        return "refused"
    return f"|y| from {y.min():.2f} to {y.max():.2f}"


for name, layer, shape, values in (
    ("LayerNorm(1)", nn.LayerNorm(1), (4, 1), 1),
    ("LayerNorm(2)", nn.LayerNorm(2), (4, 2), 2),
    ("LayerNorm(64)", nn.LayerNorm(64), (4, 64), 64),
    ("RMSNorm(1)", nn.RMSNorm(1), (4, 1), 1),
    ("GroupNorm(6, 6)", nn.GroupNorm(6, 6), (4, 6, 1, 1), 1),
    ("GroupNorm(6, 6)", nn.GroupNorm(6, 6), (1, 6, 1, 1), 1),
    ("GroupNorm(3, 6)", nn.GroupNorm(3, 6), (4, 6, 1, 1), 2),
    ("InstanceNorm2d(6)", nn.InstanceNorm2d(6), (4, 6, 1, 1), 1),
    ("InstanceNorm2d(6)", nn.InstanceNorm2d(6), (4, 6, 1, 2), 2),
):
    each = f"{values:2d} a mean"
    print(f"{name:<18} x {shape!s:<13} {each:<10} {sizes(layer, shape)}")
