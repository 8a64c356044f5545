"""Maxout: the largest of k linear maps; ReLU, leaky ReLU and |z| are among them."""

import torch
from torch import nn


class Maxout(nn.Module):
    """The largest of `pieces` linear maps, unit by unit: (N, D) to (N, units).

    Source: Goodfellow et al. 2013, section 3.
    """

    def __init__(self, inputs, units, pieces):
        super().__init__()
        if pieces < 1:
            raise ValueError(f"pieces must be at least 1, got {pieces}")
        self.maps = nn.Linear(inputs, units * pieces)
        self.pieces = pieces

    def forward(self, x):
        return self.maps(x).unflatten(-1, (-1, self.pieces)).amax(-1)  # (N, units)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
layer = nn.Linear(4, 3)
x = torch.randn(50, 4)  # (N, D)
z = layer(x)  # (N, 3)
for name, factor, theirs in (
    ("ReLU", 0, z.relu()),
    ("leaky ReLU", 0.01, nn.functional.leaky_relu(z)),
    ("|z|", -1, z.abs()),
):
    ours = Maxout(4, 3, pieces=2)
    with torch.no_grad():  # the second map is the first, times a factor
        ours.maps.weight[0::2], ours.maps.weight[1::2] = (
            layer.weight,
            factor * layer.weight,
        )
        ours.maps.bias[0::2], ours.maps.bias[1::2] = layer.bias, factor * layer.bias
    print(f"{name:<12}off by {(ours(x) - theirs).abs().max():.12f}")

for pieces in (1, 2, 4):
    size = sum(w.numel() for w in Maxout(256, 128, pieces).parameters())
    print(f"{pieces} of them: {size:7,} parameters for 256 inputs and 128 units")
