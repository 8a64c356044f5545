"""The gradients of a transposed convolution by hand, checked against PyTorch."""

import numpy as np
import torch
import torch.nn.functional as F


def conv_transpose2d_backward(x, w, dy, stride=(1, 1), padding=(0, 0)):
    """Return dx and dw, given the gradient dy of the output.

    x, dx: (N, C_in, H, W), w, dw: (C_in, C_out, kH, kW), dy: (N, C_out, H_out, W_out).
    Options: (rows, columns). Shapes or options that do not fit: ValueError.
    Source: the chain rule, stamp by stamp. dx is conv2d(dy, w), see torch.nn.Conv2d.
    """
    got = f"x {x.shape}, w {w.shape}, dy {dy.shape}, {stride=}, {padding=}"
    if not x.ndim == w.ndim == dy.ndim == 4 or x.shape[1] != len(w):
        raise ValueError(f"do not fit: {got}")
    if dy.shape[:2] != (len(x), w.shape[1]) or min(stride) < 1 or min(padding) < 0:
        raise ValueError(f"do not fit: {got}")
    sizes = zip(x.shape[2:], w.shape[2:], dy.shape[2:], stride, padding, strict=True)
    for n, k, size, s, p in sizes:
        if min(n, k, size) < 1 or not 0 <= size - ((n - 1) * s - 2 * p + k) < s:
            raise ValueError(f"do not fit: {got}")

    H, W = x.shape[2:]
    dx, dw = np.zeros(x.shape), np.zeros(w.shape)
    canvas = np.pad(dy, [(0, 0), (0, 0), *((p, p) for p in padding)])  # 0 where cut off
    for u, v in np.ndindex(w.shape[2:]):
        rows = slice(u, u + stride[0] * (H - 1) + 1, stride[0])
        columns = slice(v, v + stride[1] * (W - 1) + 1, stride[1])
        landed = canvas[:, :, rows, columns]  # (N, C_out, H, W): what (u, v) added to
        dx += np.einsum("nohw,io->nihw", landed, w[:, :, u, v])
        dw[:, :, u, v] = np.einsum("nihw,nohw->io", x, landed)
    return dx, dw


rng = np.random.default_rng(0)
options = {"stride": (2, 3), "padding": (0, 1)}
x, w = rng.normal(size=(2, 4, 5, 7)), rng.normal(size=(4, 6, 3, 5))
dy = rng.normal(size=(2, 6, 12, 23))  # (N, C_out, H_out, W_out)

leaves = [torch.tensor(a, requires_grad=True) for a in (x, w)]
y = F.conv_transpose2d(*leaves, output_padding=(1, 2), **options)  # (N, C_out, ...)
y.backward(torch.tensor(dy))
for name, ours, leaf in zip(
    ("dx", "dw"), conv_transpose2d_backward(x, w, dy, **options), leaves, strict=True
):
    off = np.abs(ours - leaf.grad.numpy()).max()
    print(f"{name} {ours.shape}  difference from torch {off:.12f}")
