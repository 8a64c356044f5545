"""Convolutions with weights from U(0, 1): outputs grow, and channels become copies."""

import torch
from torch import nn


def stack(draw, layers=5, channels=16):
    """Send images through convolutions with ReLU; return the last maps (N, C, H, W)."""
    x, inputs = torch.randn(8, 3, 20, 24), 3  # (N, C, H, W)
    for _ in range(layers):
        conv = nn.Conv2d(inputs, channels, 3, bias=False)
        draw(conv.weight)
        x, inputs = conv(x).relu(), channels  # (N, C, H, W)
    return x


def likeness(x):
    """Return the mean correlation between channels of x (N, C, H, W) that vary."""
    values = x.transpose(0, 1).flatten(1)  # (C, N * H * W)
    values = values[values.std(1) > 0]
    count = len(values)
    return ((torch.corrcoef(values).sum() - count) / (count * (count - 1))).item()


def scaled(weight):
    """Draw from U(0, b), with the mean square that Kaiming's rule asks for."""
    fan_in = weight[0].numel()
    nn.init.uniform_(weight, 0, (6 / fan_in) ** 0.5)


torch.set_default_dtype(torch.float64)
for name, draw in (
    ("U(0, 1)", nn.init.uniform_),
    ("U(0, b), Kaiming's mean square", scaled),
    ("Kaiming, mean 0", lambda w: nn.init.kaiming_uniform_(w, nonlinearity="relu")),
):
    torch.manual_seed(0)
    with torch.no_grad():
        x = stack(draw)
    size = x.square().mean().sqrt()
    print(f"{name:<31} size {size:8.1e}, likeness of channels {likeness(x):.2f}")
