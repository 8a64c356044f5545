"""Batch normalization of a table of numbers, in NumPy, checked against PyTorch."""

import numpy as np
import torch
import torch.nn.functional as F


def batch_norm(x, gamma, beta, eps=1e-5):
    """Normalize each column of x over the batch, then scale and shift it.

    x: (N, D), N > 1; gamma, beta: (D,). Returns (N, D). Other shapes: ValueError.
    Source: Ioffe and Szegedy 2015 (arXiv 1502.03167), algorithm 1.
    """
    if x.ndim != 2 or len(x) < 2 or not gamma.shape == beta.shape == x.shape[1:]:
        got = f"{x.shape}, {gamma.shape}, {beta.shape}"
        raise ValueError(f"expected (N, D) with N > 1, (D,) and (D,), got {got}")
    mean = x.mean(axis=0)  # (D,)
    variance = x.var(axis=0)  # (D,)  divides by N, not by N - 1
    x_hat = (x - mean) / np.sqrt(variance + eps)  # (N, D)
    return gamma * x_hat + beta  # (N, D)


rng = np.random.default_rng(0)
x = rng.normal(loc=7.0, scale=4.0, size=(64, 3))  # (N, D)
gamma = np.array([1.0, 2.0, 0.5])  # (D,)
beta = np.array([0.0, -1.0, 10.0])  # (D,)

y = batch_norm(x, gamma, beta)  # (N, D)
tx, tgamma, tbeta = (torch.tensor(a) for a in (x, gamma, beta))
theirs = F.batch_norm(tx, None, None, tgamma, tbeta, training=True)  # (N, D)

for name, table in (("x", x), ("y", y)):
    mean, std = table.mean(axis=0).round(2), table.std(axis=0).round(2)
    print(f"{name}  mean {mean}  std {std}")
print(f"largest difference from torch: {np.abs(y - theirs.numpy()).max():.12f}")
