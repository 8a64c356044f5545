"""Convolution by its definition, one output value at a time, against PyTorch."""

import numpy as np
import torch
import torch.nn.functional as F


def conv2d(x, weight, bias, stride=1, padding=0):
    """Return the convolution of x (N, C, H, W) with C_out filters, and add a bias.

    weight: (C_out, C, kH, kW), bias: (C_out,); returns (N, C_out, H_out, W_out), where
    H_out = (H + 2 padding - kH) // stride + 1. What doesn't fit: ValueError.
    Source: torch's documentation of nn.Conv2d, which calls it a cross-correlation.
    """
    (N, C, H, W), (C_out, C_in, kH, kW) = x.shape, weight.shape
    room = H + 2 * padding - kH, W + 2 * padding - kW  # in which the window can move
    fits = C_in == C and bias.shape == (C_out,) and min(padding, *room) >= 0
    if not fits or min(kH, kW, stride) < 1:
        got = f"{x.shape}, {weight.shape}, {bias.shape}, {stride=}, {padding=}"
        raise ValueError(f"x, weight, bias and options do not fit: {got}")
    H_out, W_out = (pixels // stride + 1 for pixels in room)
    sides = (padding, padding)
    padded = np.pad(x, ((0, 0), (0, 0), sides, sides))  # (N, C, H + 2p, W + 2p)
    y = np.empty((N, C_out, H_out, W_out), x.dtype)  # (N, C_out, H_out, W_out)
    for n in range(N):
        for o in range(C_out):
            for i in range(H_out):
                for j in range(W_out):
                    rows = slice(i * stride, i * stride + kH)
                    columns = slice(j * stride, j * stride + kW)
                    window = padded[n, :, rows, columns]  # (C, kH, kW)
                    y[n, o, i, j] = (weight[o] * window).sum() + bias[o]
    return y


rng = np.random.default_rng(0)
x = rng.normal(size=(2, 3, 7, 8))  # (N, C, H, W)
weight = rng.normal(size=(4, 3, 3, 2))  # (C_out, C, kH, kW)
bias = rng.normal(size=4)  # (C_out,)
tensors = [torch.tensor(a) for a in (x, weight, bias)]

print(f"x {x.shape}, weight {weight.shape}, bias {bias.shape}")
for stride, padding in ((1, 0), (1, 1), (2, 1), (3, 2)):
    y = conv2d(x, weight, bias, stride, padding)  # (N, C_out, H_out, W_out)
    theirs = F.conv2d(*tensors, stride=stride, padding=padding).numpy()
    off = np.abs(y - theirs).max()
    print(f"{stride=} {padding=}: y {y.shape}, difference from torch {off:.12f}")
