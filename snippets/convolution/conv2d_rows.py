"""A convolution in NumPy about as fast as torch's: few copies, images in threads."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
import torch.nn.functional as F
from threadpoolctl import threadpool_limits


def conv2d(x, weight, bias, padding=(0, 0), dilation=(1, 1), threads=2):
    """Return the convolution of x (N, C, H, W) with stride 1, as torch's F.conv2d.

    weight: (C_out, C, kH, kW), bias: (C_out,). Returns (N, C_out, H_out, W_out).
    Shapes and options that don't fit: ValueError.
    """
    (N, C, H, W), (C_out, channels, kH, kW) = x.shape, weight.shape
    (top, left), (down, right) = padding, dilation
    H_out, W_out = H + 2 * top - down * (kH - 1), W + 2 * left - right * (kW - 1)
    sizes = min(H_out, W_out, *dilation, threads, 1 + min(padding))
    if channels != C or bias.shape != (C_out,) or sizes < 1:
        got = f"{x.shape}, {weight.shape}, {bias.shape}"
        raise ValueError(f"{got}, {padding=} {dilation=} {threads=}")
    factors = weight.transpose(2, 0, 1, 3).reshape(kH * C_out, C * kW)
    y = np.empty((N, C_out, H_out * W_out), x.dtype)

    def images(first):
        """Convolve image `first` and every image so many threads further on."""
        padded = np.zeros((C, H + 2 * top, W + 2 * left), x.dtype)
        shifted = np.empty((C, kW, H + 2 * top, W_out), x.dtype)
        products = np.empty((kH, C_out, (H + 2 * top) * W_out), x.dtype)
        for n in range(first, N, threads):
            padded[:, top : top + H, left : left + W] = x[n]
            for v in range(kW):  # a copy for each column of the kernel
                shifted[:, v] = padded[:, :, v * right : v * right + W_out]
            lines = shifted.reshape(C * kW, -1)  # (C kW, (H + 2p) W_out)
            np.matmul(factors, lines, out=products.reshape(kH * C_out, -1))
            y[n] = bias[:, None]
            for u in range(kH):  # for a row of the kernel, the same numbers further on
                begin = u * down * W_out
                y[n] += products[u, :, begin : begin + H_out * W_out]

    with threadpool_limits(1, "blas"), ThreadPoolExecutor(threads) as pool:
        list(pool.map(images, range(threads)))
    return y.reshape(N, C_out, H_out, W_out)


rng = np.random.default_rng(0)
x = rng.normal(size=(3, 6, 11, 9))  # (N, C, H, W)
weight, bias = rng.normal(size=(4, 6, 3, 2)), rng.normal(size=4)  # (C_out, C, kH, kW)
for padding, dilation in (((1, 1), (1, 1)), ((3, 2), (2, 3))):
    ours = conv2d(x, weight, bias, padding, dilation)
    theirs = F.conv2d(*map(torch.tensor, (x, weight, bias)), 1, padding, dilation)
    off = np.abs(ours - theirs.numpy()).max()
    print(f"{padding=} {dilation=}: y {ours.shape}, off by {off:.12f}")
