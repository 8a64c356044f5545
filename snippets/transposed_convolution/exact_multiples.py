"""The padding with which the output is exactly stride times as large as the input."""

import numpy as np
import torch
import torch.nn.functional as F


def exact_padding(kernel, stride, dilation=1):
    """Return (padding, output_padding) for an output of exactly stride times the input.

    One axis. Impossible settings, and those without such a padding: ValueError.
    Source: the size formula of torch.nn.ConvTranspose2d, set equal to stride * size.
    """
    if min(kernel, stride, dilation) < 1:
        raise ValueError(f"impossible: {kernel=}, {stride=}, {dilation=}")
    excess = dilation * (kernel - 1) + 1 - stride  # how far two stamps overlap
    padding = max(0, (excess + 1) // 2)
    output_padding = 2 * padding - excess
    if output_padding >= max(stride, dilation):
        raise ValueError(f"no padding fits {kernel=}, {stride=}, {dilation=}")
    return padding, output_padding


print("kernel  stride  padding  output_padding")
for kernel, stride in ((2, 2), (3, 2), (4, 2), (5, 2), (6, 2), (5, 3), (6, 3), (8, 4)):
    padding, extra = exact_padding(kernel, stride)
    print(f"{kernel:6}{stride:8}{padding:9}{extra:16}")

rng, compared, differ = np.random.default_rng(0), 0, 0
while compared < 2000:
    size, k, s, d = rng.integers((1, 1, 1, 1), (60, 12, 7, 4)).tolist()
    if s == d == 1 and k % 2 == 0:
        continue  # the one case without such a padding
    x, w = torch.empty(1, 1, size, device="meta"), torch.empty(1, 1, k, device="meta")
    padding, extra = exact_padding(k, s, d)
    y = F.conv_transpose1d(x, w, None, s, padding, extra, 1, d)  # (N, C, L_out)
    differ += y.shape[2] != s * size
    compared += 1
print(f"{compared} settings compared with torch, {differ} differ")
