"""A transposed convolution of images in NumPy, checked against PyTorch."""

import numpy as np
import torch
import torch.nn.functional as F


def conv_transpose2d(
    x, w, stride=(1, 1), padding=(0, 0), output_padding=(0, 0), dilation=(1, 1)
):
    """Add up the stamps on a canvas, then cut `padding` off each of its sides.

    x: (N, C_in, H, W), w: (C_in, C_out, kH, kW). Options: (rows, columns), as in torch.
    Returns (N, C_out, H_out, W_out). Shapes or options that do not fit: ValueError.
    Source: torch.nn.ConvTranspose2d; Dumoulin and Visin 2016 (arXiv 1603.07285).
    """
    if x.ndim != 4 or w.ndim != 4 or x.shape[1] != w.shape[0]:
        got = f"{x.shape} and {w.shape}"
        raise ValueError(f"not (N, C_in, H, W) and (C_in, C_out, kH, kW): {got}")
    options = (stride, padding, output_padding, dilation)
    canvas = []  # its height and width
    for n, k, s, p, e, d in zip(x.shape[2:], w.shape[2:], *options, strict=True):
        canvas.append((n - 1) * s + d * (k - 1) + 1 + e)
        if min(n, k, s, d, canvas[-1] - 2 * p) < 1 or min(p, e) < 0 or e >= max(s, d):
            raise ValueError(f"impossible: x {x.shape}, w {w.shape}, options {options}")

    H, W = x.shape[2:]
    y = np.zeros((len(x), w.shape[1], *canvas))  # (N, C_out, canvas height, width)
    for u, v in np.ndindex(w.shape[2:]):  # where position (u, v) of each stamp lands
        top, left = dilation[0] * u, dilation[1] * v
        rows = slice(top, top + stride[0] * (H - 1) + 1, stride[0])
        columns = slice(left, left + stride[1] * (W - 1) + 1, stride[1])
        y[:, :, rows, columns] += np.einsum("nihw,io->nohw", x, w[:, :, u, v])
    (top, left), (bottom, right) = padding, np.subtract(canvas, padding)
    return y[:, :, top:bottom, left:right]


rng = np.random.default_rng(0)
x = rng.normal(size=(2, 4, 5, 7))  # (N, C_in, H, W)
for kernel, options in (
    ((3, 3), {"stride": (2, 2), "padding": (1, 1), "output_padding": (1, 1)}),
    ((4, 4), {"stride": (2, 2), "padding": (1, 1)}),
    ((3, 5), {"stride": (2, 3), "padding": (0, 4), "dilation": (1, 2)}),
):
    w = rng.normal(size=(4, 6, *kernel))  # (C_in, C_out, kH, kW)
    y = conv_transpose2d(x, w, **options)  # (N, C_out, H_out, W_out)
    theirs = F.conv_transpose2d(torch.tensor(x), torch.tensor(w), **options).numpy()
    off = np.abs(y - theirs).max()
    print(f"{x.shape} to {y.shape!s:<14}  difference from torch {off:.12f}")
