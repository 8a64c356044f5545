"""The classic way: copy every window into a column, then take one large product."""

import numpy as np
import torch
import torch.nn.functional as F


def im2col(x, kernel, stride=1, padding=0):
    """Return the windows of x (N, C, H, W) as columns (C, kH, kW, N, H_out, W_out).

    Source: Chellapilla, Puri and Simard 2006, "unrolling convolution".
    """
    (N, C, H, W), (kH, kW), sides = x.shape, kernel, (padding, padding)
    room = H + 2 * padding - kH, W + 2 * padding - kW  # in which the kernel can move
    if min(stride, kH, kW) < 1 or min(padding, *room) < 0:
        raise ValueError(f"{x.shape}, {kernel=}, {stride=}, {padding=}")
    H_out, W_out = (pixels // stride + 1 for pixels in room)
    padded = np.pad(x, ((0, 0), (0, 0), sides, sides))  # (N, C, H + 2p, W + 2p)
    padded = padded.swapaxes(0, 1)  # (C, N, H + 2p, W + 2p)
    columns = np.empty((C, kH, kW, N, H_out, W_out), x.dtype)  # (C, kH, kW, N, ...)
    for u in range(kH):
        for v in range(kW):  # what the weight (u, v) meets, at all positions
            rows = slice(u, u + stride * H_out, stride)
            columns[:, u, v] = padded[:, :, rows, v : v + stride * W_out : stride]
    return columns


def conv2d(x, weight, bias, stride=1, padding=0):
    """Return the convolution of x (N, C, H, W) by weight (C_out, C, kH, kW)."""
    C_out, C, *kernel = weight.shape
    if x.shape[1] != C or bias.shape != (C_out,):
        raise ValueError(f"shapes {x.shape}, {weight.shape}, {bias.shape}")
    columns = im2col(x, kernel, stride, padding)  # (C, kH, kW, N, H_out, W_out)
    y = weight.reshape(C_out, -1) @ columns.reshape(weight[0].size, -1)
    y = y.reshape(C_out, *columns.shape[3:])  # (C_out, N, H_out, W_out)
    return np.ascontiguousarray(y.swapaxes(0, 1)) + bias[:, None, None]


rng = np.random.default_rng(0)
x = rng.normal(size=(2, 3, 14, 10))  # (N, C, H, W)
weight, bias = rng.normal(size=(8, 3, 5, 4)), rng.normal(size=8)
tensors = [torch.tensor(a) for a in (x, weight, bias)]

for stride, padding in ((1, 2), (2, 1)):
    columns = im2col(x, (5, 4), stride, padding)  # (C, kH, kW, N, H_out, W_out)
    theirs = F.conv2d(*tensors, stride=stride, padding=padding).numpy()
    off = np.abs(conv2d(x, weight, bias, stride, padding) - theirs).max()
    print(f"{stride=} {padding=}: difference from torch {off:.12f}", end=", ")
    print(f"{columns.size / x.size:.1f} copies of x")

unfolded = F.unfold(tensors[0], (5, 4), padding=2).numpy()  # (N, C kH kW, L)
ours = im2col(x, (5, 4), padding=2).reshape(60, 2, -1).swapaxes(0, 1)
print(f"F.unfold makes the same columns: off by {np.abs(unfolded - ours).max():.1f}")
