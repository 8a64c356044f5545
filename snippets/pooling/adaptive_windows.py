"""Adaptive pooling: any input to a fixed output, by windows of unequal sizes."""

import random

import torch
import torch.nn.functional as F


def adaptive_windows(size, output_size):
    """Return (start, end) of each window along one axis, the end excluded.

    A size below 1: ValueError. Compared with nn.AdaptiveAvgPool1d.
    """
    if min(size, output_size) < 1:
        raise ValueError(f"no {output_size} windows on {size} inputs")
    return [
        (i * size // output_size, -(-(i + 1) * size // output_size))
        for i in range(output_size)
    ]


for size, output_size in ((8, 4), (10, 4), (7, 3), (3, 5)):
    spans = " ".join(f"{a}-{b - 1}" for a, b in adaptive_windows(size, output_size))
    print(f"{size:2d} inputs to {output_size}: {spans}")

draw, wrong = random.Random(0), 0
for _ in range(2000):
    size, output_size = draw.randint(1, 40), draw.randint(1, 20)
    x = torch.arange(size, dtype=torch.float64)[None] ** 2  # (C, L)
    spans = adaptive_windows(size, output_size)
    ours = torch.stack([x[0, a:b].mean() for a, b in spans])
    wrong += not torch.allclose(ours, F.adaptive_avg_pool1d(x, output_size)[0])
print(f"2000 random pairs of sizes against torch: {wrong} differ")
