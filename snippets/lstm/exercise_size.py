"""Exercise: how many parameters an LSTM of several layers and directions has."""

import random

from torch import nn


def size(D, H, layers=1, directions=1, bias=True):
    """Return the number of parameters of an nn.LSTM with D inputs and H units."""
    ...  # your turn


# The check
draw, wrong = random.Random(0), ""
for _ in range(500):
    D, H = draw.randint(1, 99), draw.randint(1, 99)
    layers, directions, bias = (
        draw.randint(1, 4),
        draw.randint(1, 2),
        draw.random() < 0.5,
    )
    network = nn.LSTM(
        D, H, layers, bias=bias, bidirectional=directions == 2, device="meta"
    )
    expected = sum(parameter.numel() for parameter in network.parameters())
    if (got := size(D, H, layers, directions, bias)) != expected:
        wrong = (
            f"not yet: D = {D}, H = {H}, layers = {layers}, directions = {directions}, "
        )
        wrong += f"bias = {bias}: expected {expected}, got {got}"
        break
print(wrong or "right: 500 networks agree with torch")
