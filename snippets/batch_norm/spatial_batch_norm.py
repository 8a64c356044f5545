"""Batch norm of images against torch: C means and variances, over N, H and W."""

import numpy as np
import torch
import torch.nn.functional as F


def normalize(x, axes, eps=1e-5):
    """Subtract the mean over `axes` and divide by the standard deviation over them."""
    mean, variance = x.mean(axes, keepdims=True), x.var(axes, keepdims=True)
    return (x - mean) / np.sqrt(variance + eps)


def by_moving_axes(x):
    """The same as normalize(x, (0, 2, 3)), through the two-dimensional case."""
    N, C, H, W = x.shape
    rows = np.moveaxis(x, 1, -1).reshape(-1, C)  # (N*H*W, C): a row for each pixel
    return np.moveaxis(normalize(rows, 0).reshape(N, H, W, C), -1, 1)  # (N, C, H, W)


def by_reshape_alone(x):
    """Wrong, and silent: without moveaxis, a column mixes the channels."""
    return normalize(x.reshape(-1, x.shape[1]), 0).reshape(x.shape)


rng = np.random.default_rng(0)
N, C, H, W = 4, 6, 5, 7
x = rng.normal(size=(N, C, H, W)) * np.arange(1, C + 1)[:, None, None]  # (N, C, H, W)
theirs = F.batch_norm(torch.tensor(x), None, None, training=True).numpy()

print(f"x {x.shape}")
for name, y, statistics, values in (
    ("over N, H, W", normalize(x, (0, 2, 3)), C, N * H * W),
    ("by moving axes", by_moving_axes(x), C, N * H * W),
    ("each position over N", normalize(x, 0), C * H * W, N),
    ("reshape alone", by_reshape_alone(x), C, N * H * W),
):
    off = np.abs(y - theirs).max()
    print(f"{name:<21}{statistics:3d} means of {values:3d} values   off by {off:.3f}")
