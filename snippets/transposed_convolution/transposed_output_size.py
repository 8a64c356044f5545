"""The size of the output in closed form, compared with torch on 2,000 settings."""

import numpy as np
import torch
from torch import nn


def transposed_output_size(
    shape,
    out_channels,
    kernel_size,
    stride=1,
    padding=0,
    output_padding=0,
    groups=1,
    dilation=1,
):
    """Return the shape that nn.ConvTranspose2d makes of (N, C, H, W) or (C, H, W).

    Options as in torch: integers, or (rows, columns). What torch refuses: ValueError.
    Source: torch.nn.ConvTranspose2d, "Shape"; the refusals by experiment, torch 2.13.
    """
    *batch, channels, H, W = shape
    if groups < 1 or channels < 1 or out_channels < 1:
        raise ValueError(f"{channels} to {out_channels} channels in {groups} groups")
    if channels % groups or out_channels % groups:
        raise ValueError(f"{groups} groups do not divide {channels}, {out_channels}")
    options = ((H, W), kernel_size, stride, padding, output_padding, dilation)
    n, k, s, p, extra, d = (np.broadcast_to(option, 2) for option in options)  # (2,)
    size = (n - 1) * s - 2 * p + d * (k - 1) + extra + 1  # (2,): rows, columns
    small = min(*n, *k, *s, *d, *size) < 1 or min(*p, *extra) < 0
    if small or len(batch) > 1 or (extra >= np.maximum(s, d)).any():
        got = f"{shape}, kernel {k}, stride {s}, padding {p}, output_padding {extra}"
        raise ValueError(f"impossible: {got}, dilation {d} would give {size}")
    return (*batch, out_channels, *size.tolist())


rng = np.random.default_rng(0)
differ = 0
for _ in range(2000):
    groups, *channels = rng.integers(1, 5, size=3).tolist()
    C, K = (groups * c for c in channels)  # channels in and out
    shape = (2, C, *rng.integers(9, 300, size=2).tolist())  # (N, C, H, W)
    s, d = rng.integers(1, 6, size=(2, 2))  # (rows, columns) each
    options = {"kernel_size": rng.integers(1, 8, size=2), "stride": s, "dilation": d}
    options |= {"padding": rng.integers(0, 5, size=2)}
    options |= {"output_padding": rng.integers(0, np.maximum(s, d))}
    options = {name: tuple(pair.tolist()) for name, pair in options.items()}
    layer = nn.ConvTranspose2d(C, K, groups=groups, device="meta", **options)
    theirs = tuple(layer(torch.empty(shape, device="meta")).shape)
    ours = transposed_output_size(shape, K, groups=groups, **options)
    differ += ours != theirs
print(f"2000 settings compared with torch, {differ} differ")

print("kernel_size=3, stride=2:")
for extra in ({}, {"padding": 1}, {"padding": 1, "output_padding": 1}):
    size = transposed_output_size((1, 3, 16, 20), 8, kernel_size=3, stride=2, **extra)
    print(f"(1, 3, 16, 20) to {size} with {extra}")
