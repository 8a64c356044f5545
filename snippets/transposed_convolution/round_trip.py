"""The sizes that a strided convolution maps to one, and how to get back to each."""

import numpy as np
import torch
import torch.nn.functional as F


def sizes_before(size, kernel, stride, padding=0, dilation=1):
    """Return the sizes of one axis that a convolution maps to `size`, as a range.

    Settings under which there is none: ValueError.
    Source: the size formula of torch.nn.Conv2d, solved for the input.
    """
    got = f"{size=}, {kernel=}, {stride=}, {padding=}, {dilation=}"
    if min(size, kernel, stride, dilation) < 1 or padding < 0:
        raise ValueError(f"impossible: {got}")
    smallest = (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1
    if smallest + stride < 2:
        raise ValueError(f"no size of 1 or more leads there: {got}")
    return range(max(smallest, 1), smallest + stride)


def output_padding_for(size, kernel, stride, padding=0, dilation=1):
    """Return the output_padding with which the way back ends at `size` again.

    Settings that no convolution accepts: ValueError.
    Source: what the floor in the size formula of torch.nn.Conv2d drops.
    """
    left = size + 2 * padding - dilation * (kernel - 1) - 1
    if min(size, kernel, stride, dilation) < 1 or min(padding, left) < 0:
        got = f"{size=}, {kernel=}, {stride=}, {padding=}, {dilation=}"
        raise ValueError(f"impossible: {got}")
    return left % stride


def down_and_up(size, kernel, stride, padding, dilation, output_padding):
    """Return torch's sizes after a convolution and after the way back."""
    x = torch.empty(1, 1, size, device="meta")  # (N, C, L)
    w = torch.empty(1, 1, kernel, device="meta")  # (C, C, k)
    y = F.conv1d(x, w, None, stride, padding, dilation)
    args = (None, stride, padding, output_padding, 1, dilation)
    return y.shape[2], F.conv_transpose1d(y, w, *args).shape[2]


print(f"to 16 with kernel 3, stride 2, padding 1: {[*sizes_before(16, 3, 2, 1)]}")
for size in (31, 32, 33):
    extra = output_padding_for(size, kernel=3, stride=2, padding=1)
    ways = [down_and_up(size, 3, 2, 1, 1, output_padding=e) for e in (0, 1)]
    print(f"{size} to {ways[0][0]}, back to {ways[0][1]} or {ways[1][1]}: take {extra}")

rng, differ = np.random.default_rng(0), 0
for _ in range(2000):
    setting = rng.integers((21, 1, 1, 0, 1), (200, 6, 6, 5, 6)).tolist()
    extra = output_padding_for(*setting)
    small, back = down_and_up(*setting, extra)
    differ += back != setting[0] or setting[0] not in sizes_before(small, *setting[1:])
print(f"2000 settings, {differ} without a way back")
