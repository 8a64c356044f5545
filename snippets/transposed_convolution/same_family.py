"""Resizing, then convolving, and pixel shuffle are transposed convolutions too."""

import torch
import torch.nn.functional as F


def as_resize_convolution(w, scale):
    """Return weights that make conv_transpose2d equal nearest resizing, then conv2d.

    w: (C_out, C_in, k, k), k odd, with padding k // 2. Returns (C_in, C_out, K, K) with
    K = k + scale - 1, for stride=scale and padding=k // 2. Else: ValueError.
    Source: a pixel, once resized, is a block of scale x scale equal stamps.
    """
    if w.ndim != 4 or w.shape[2] != w.shape[3] or w.shape[2] % 2 == 0 or scale < 1:
        got = f"{tuple(w.shape)} and {scale}"
        raise ValueError(f"expected (C_out, C_in, k, k), k odd, and a scale, got {got}")
    (C_out, C_in, k), block = w.shape[:3], torch.ones(1, 1, scale, scale, dtype=w.dtype)
    stamps = w.flip(2, 3).transpose(0, 1).reshape(C_in * C_out, 1, k, k)
    return F.conv_transpose2d(stamps, block).unflatten(0, (C_in, C_out)).squeeze(2)


def as_subpixel_convolution(w, scale):
    """Return weights that make conv_transpose2d equal conv2d, then pixel_shuffle.

    w: (C_out * scale^2, C_in, k, k), k odd, with padding k // 2. Returns (C_in, C_out,
    K, K), K = k * scale, for stride=scale, padding=scale * (k // 2). Else: ValueError.
    Source: Shi et al. 2016 (arXiv 1609.07009).
    """
    if w.ndim != 4 or w.shape[2] != w.shape[3] or w.shape[2] % 2 == 0 or scale < 1:
        got = f"{tuple(w.shape)} and {scale}"
        raise ValueError(f"expected (C_out * s^2, C_in, k, k) and s, got {got}")
    if len(w) % scale**2:
        raise ValueError(f"{len(w)} channels cannot be shuffled by {scale}")
    return F.pixel_shuffle(w.flip(2, 3).transpose(0, 1), scale)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x, s = torch.randn(2, 4, 5, 7), 2  # (N, C_in, H, W)

w = torch.randn(3, 4, 3, 3)  # (C_out, C_in, k, k)
kernels = as_resize_convolution(w, s)
theirs = F.conv2d(F.interpolate(x, scale_factor=s), w, padding=1)
off = (F.conv_transpose2d(x, kernels, stride=s, padding=1) - theirs).abs().max()
print(f"nearest, 3 x 3: {tuple(kernels.shape)}, difference {off:.12f}")

w = torch.randn(3 * s * s, 4, 3, 3)  # (C_out * s^2, C_in, k, k)
kernels = as_subpixel_convolution(w, s)
theirs = F.pixel_shuffle(F.conv2d(x, w, padding=1), s)
off = (F.conv_transpose2d(x, kernels, stride=s, padding=s) - theirs).abs().max()
print(f"3 x 3, shuffle: {tuple(kernels.shape)}, difference {off:.12f}")
