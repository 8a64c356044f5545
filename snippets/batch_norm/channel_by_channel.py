"""Fast batch norm of images in NumPy: a channel at a time, while it fits the cache."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
import torch.nn.functional as F


def forward(x, gamma, beta, threads=2, eps=1e-5):
    """Return y (N, C, H, W), and what `backward` needs: mean and 1 / std, both (C,).

    x: (N, C, H, W), N*H*W > 1; gamma, beta: (C,). NumPy lets threads run side by side.
    """
    fit = gamma.shape == beta.shape == x.shape[1:2]
    if x.ndim != 4 or x[:, :1].size < 2 or not fit:
        raise ValueError(f"shapes {x.shape}, {gamma.shape}, {beta.shape} do not fit")
    y, mean, rstd = np.empty_like(x), np.empty_like(gamma), np.empty_like(gamma)

    def channel(c):
        mean[c] = x[:, c].mean()
        centered = x[:, c] - mean[c]  # (N, H, W), now contiguous
        flat = centered.ravel()  # (N*H*W,)
        rstd[c] = 1 / np.sqrt(flat @ flat / flat.size + eps)
        centered *= gamma[c] * rstd[c]
        np.add(centered, beta[c], out=y[:, c])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(channel, range(x.shape[1])))
    return y, mean, rstd


def backward(g, x, gamma, mean, rstd, threads=2):
    """Return the gradients of x, gamma and beta, given g, that of y: (N, C, H, W)."""
    dx, dgamma, dbeta = np.empty_like(x), np.empty_like(gamma), np.empty_like(gamma)

    def channel(c):
        x_hat = (x[:, c] - mean[c]) * rstd[c]  # (N, H, W)
        dgamma[c], dbeta[c] = np.vdot(g[:, c], x_hat), g[:, c].sum()
        x_hat *= -dgamma[c] / x_hat.size
        x_hat += g[:, c]
        x_hat -= dbeta[c] / x_hat.size
        np.multiply(x_hat, gamma[c] * rstd[c], out=dx[:, c])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(channel, range(x.shape[1])))
    return dx, dgamma, dbeta


rng = np.random.default_rng(0)
x, g = rng.normal(5, 2, (2, 4, 3, 6, 7))  # (N, C, H, W) each
gamma, beta = rng.normal(size=(2, 3))  # (C,) each
y, *saved = forward(x, gamma, beta)
leaves = [torch.tensor(a, requires_grad=True) for a in (x, gamma, beta)]
theirs = F.batch_norm(leaves[0], None, None, *leaves[1:], training=True)
theirs.backward(torch.tensor(g))
pairs = zip((y, *backward(g, x, gamma, *saved)), (theirs, *(a.grad for a in leaves)))
for name, (ours, reference) in zip(("y", "dx", "dgamma", "dbeta"), pairs, strict=True):
    print(f"{name:<7}off by {np.abs(ours - reference.detach().numpy()).max():.10f}")
