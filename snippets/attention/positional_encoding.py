"""Sinusoidal positions: a vector for each place, whose products tell distances."""

import matplotlib.pyplot as plt
import torch


def positional_encoding(length, width, base=10_000):
    """Return (L, D): sines in even columns, cosines in odd ones.

    A width that is odd or not positive: ValueError. Source: Vaswani et al. 2017, 3.5.
    """
    if width < 2 or width % 2 or length < 1:
        raise ValueError(f"no encoding of {length} positions with width {width}")
    position = torch.arange(length, dtype=torch.float64)[:, None]  # (L, 1)
    column = torch.arange(0, width, 2, dtype=torch.float64)  # (D / 2,)
    angle = position * base ** (-column / width)  # (L, D / 2)
    return torch.stack((angle.sin(), angle.cos()), dim=2).flatten(1)  # (L, D)


encoding = positional_encoding(length=121, width=64)  # (L, D)
lengths = encoding.square().sum(dim=1)  # (L,)
print(f"squared length of a vector: {lengths.min():.1f} to {lengths.max():.1f}")
for first, second in ((5, 12), (70, 77), (5, 50), (70, 115)):
    product = encoding[first] @ encoding[second]
    apart = second - first
    print(f"positions {first:3d} and {second:3d}, {apart:2d} apart: {product:.3f}")

_, (waves, products) = plt.subplots(2, 1, figsize=(5.8, 5.2))
for column, style in ((0, ":"), (12, "-."), (24, "--"), (36, "-")):
    waves.plot(encoding[:, column], style, label=f"column {column}")
waves.set_xlabel("position (tokens)")
waves.set_ylabel("entry of the encoding")
waves.set_ylim(-1.1, 2)
waves.legend(loc="upper left", ncols=2)
distance = torch.arange(-60, 61)
products.plot(distance, encoding @ encoding[60])
products.set_xlabel("distance (tokens)")
products.set_ylabel("product of two encodings")
plt.show()
