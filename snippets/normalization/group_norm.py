"""Group norm of images, in NumPy, checked against PyTorch."""

import numpy as np
import torch
import torch.nn.functional as F


def group_norm(x, groups, gamma, beta, eps=1e-5):
    """Normalize each group of channels of each example; scale and shift each channel.

    x: (N, C, H, W); gamma, beta: (C,). Returns (N, C, H, W). Other shapes, groups that
    do not divide C, and an example alone with one value per group: ValueError.
    Source: Wu and He 2018 (arXiv 1803.08494), equations 1, 2, 6 and 7.
    """
    if x.ndim != 4 or not gamma.shape == beta.shape == x.shape[1:2]:
        got = f"{x.shape}, {gamma.shape}, {beta.shape}"
        raise ValueError(f"expected (N, C, H, W), (C,) and (C,), got {got}")
    N, C, H, W = x.shape
    if groups < 1 or C % groups or x.size <= groups:
        raise ValueError(f"cannot normalize {x.shape} in {groups} groups of channels")
    rows = x.reshape(N, groups, C // groups * H * W)  # (N, G, C/G * H * W)
    mean, variance = rows.mean(-1, keepdims=True), rows.var(-1, keepdims=True)
    x_hat = ((rows - mean) / np.sqrt(variance + eps)).reshape(x.shape)  # (N, C, H, W)
    return gamma[:, None, None] * x_hat + beta[:, None, None]  # (N, C, H, W)


rng = np.random.default_rng(0)
N, C, H, W, G = 5, 12, 4, 9, 3
x = rng.normal(3, 2, (N, C, H, W))  # (N, C, H, W)
gamma, beta = rng.normal(size=(2, C))  # (C,), (C,)

y = group_norm(x, G, gamma, beta)  # (N, C, H, W)
tx, tgamma, tbeta = (torch.tensor(a) for a in (x, gamma, beta))
theirs = F.group_norm(tx, G, tgamma, tbeta).numpy()  # (N, C, H, W)

print(f"x {x.shape}, {G} groups of {C // G} channels")
print(f"{N * G} means, each of {C // G * H * W} values; {C} gammas and {C} betas")
print(f"largest difference from torch: {np.abs(y - theirs).max():.12f}")
