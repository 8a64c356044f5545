"""A fast convolution in NumPy: a view of all windows, one matrix product an image."""

import numpy as np
import torch
import torch.nn.functional as F
from numpy.lib.stride_tricks import sliding_window_view


def windows(padded, kernel, stride, dilation):
    """Return the windows of padded (C, H, W) as a view (C, kH, kW, H_out, W_out)."""
    reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    view = sliding_window_view(padded, reach, axis=(1, 2))  # (C, H', W', reach, reach)
    view = view[:, :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]
    return view.transpose(0, 3, 4, 1, 2)  # (C, kH, kW, H_out, W_out)


def conv2d(x, weight, bias, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    """Return the convolution of x (N, C, H, W), as torch's F.conv2d.

    weight: (C_out, C / groups, kH, kW), bias: (C_out,). Returns (N, C_out, H_out,
    W_out). Shapes and options that don't fit: ValueError.
    """
    (N, C, H, W), (C_out, per_group, *kernel) = x.shape, weight.shape
    fits = per_group * groups == C and C_out % groups == 0 and bias.shape == (C_out,)
    if not fits or min(*stride, *dilation) < 1 or min(padding) < 0:
        got = f"{x.shape}, {weight.shape}, {bias.shape}"
        raise ValueError(f"{got}, {stride=} {padding=} {dilation=} {groups=}")
    top, left = padding
    padded = np.zeros((C, H + 2 * top, W + 2 * left), x.dtype)  # (C, H + 2p, W + 2p)
    view = windows(padded, kernel, stride, dilation)  # (C, kH, kW, H_out, W_out)
    columns = np.empty(view.shape, x.dtype)  # (C, kH, kW, H_out, W_out)
    pixels = columns.reshape(groups, per_group * kernel[0] * kernel[1], -1)
    pixels = pixels.swapaxes(1, 2)  # (groups, H_out W_out, C / groups kH kW)
    factors = weight.reshape(groups, C_out // groups, -1).swapaxes(1, 2)
    bias = bias.reshape(groups, -1, 1)  # (groups, C_out / groups, 1)
    y = np.empty((N, groups, C_out // groups, pixels.shape[1]), x.dtype)
    for n in range(N):
        padded[:, top : top + H, left : left + W] = x[n]
        np.copyto(columns, view)  # the one copy of the windows, in memory used again
        product = pixels @ factors  # (groups, H_out W_out, C_out / groups)
        np.add(product.swapaxes(1, 2), bias, out=y[n])
    return y.reshape(N, C_out, *view.shape[3:])


rng = np.random.default_rng(0)
x = rng.normal(size=(2, 6, 11, 9))  # (N, C, H, W)
bias = rng.normal(size=4)  # (C_out,)
for stride, padding, dilation, groups in (
    ((1, 1), (1, 1), (1, 1), 1),
    ((2, 1), (3, 2), (2, 3), 2),
):
    weight = rng.normal(size=(4, 6 // groups, 3, 2))  # (C_out, C / groups, kH, kW)
    options = stride, padding, dilation, groups
    theirs = F.conv2d(*map(torch.tensor, (x, weight, bias)), *options).numpy()
    off = np.abs(conv2d(x, weight, bias, *options) - theirs).max()
    print(f"{options}: y {theirs.shape}, difference from torch {off:.12f}")
