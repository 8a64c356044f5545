"""Softmax regression: the loss of C classes and its gradient, against torch."""

import numpy as np
import torch
import torch.nn.functional as F


def log_softmax(z):
    """Return the logarithms (N, C) of the softmax of each row of z (N, C)."""
    z = z - z.max(axis=1, keepdims=True)  # (N, C)  only differences count
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def softmax_loss(w, b, x, y):
    """Return the mean cross-entropy of C classes, and its gradient by w and b.

    w: (C, D), as in nn.Linear; b: (C,); x: (N, D); y: (N,), class ids from 0 to C - 1.
    Anything else: ValueError. Source: Bishop 2006, equations 4.108 and 4.109.
    """
    if x.ndim != 2 or w.shape != (len(b), x.shape[1]) or y.shape != x.shape[:1]:
        raise ValueError(f"got w {w.shape}, b {b.shape}, x {x.shape}, y {y.shape}")
    if y.min() < 0 or y.max() >= len(b):
        raise ValueError(f"{len(b)} classes, but ids from {y.min()} to {y.max()}")
    log_p = log_softmax(x @ w.T + b)  # (N, C)
    loss = -log_p[np.arange(len(y)), y].mean()
    error = np.exp(log_p) - np.eye(len(b))[y]  # (N, C)  probabilities minus one-hot
    return loss, error.T @ x / len(x), error.mean(axis=0)


rng = np.random.default_rng(0)
scores = np.array([[2.0, 1.0, -1.0]])  # (N, C)
print(f"scores {scores[0]}  probabilities {np.exp(log_softmax(scores))[0].round(3)}")
scores += 1000
print(f"scores {scores[0]}  probabilities {np.exp(log_softmax(scores))[0].round(3)}")

z = rng.normal(size=(100, 2))  # (N, C)
sigmoid = 1 / (1 + np.exp(z[:, 0] - z[:, 1]))  # (N,)
off = np.abs(np.exp(log_softmax(z))[:, 1] - sigmoid).max()
print(f"two classes: from the sigmoid of z1 - z0 it differs by {off:.12f}")

wrong = 0
for _ in range(2000):
    n, d, c = rng.integers(1, 9, size=3)
    x, y = rng.normal(size=(n, d)), rng.integers(0, c, size=n)  # (N, D), (N,)
    w, b = rng.normal(size=(c, d)), rng.normal(size=c)  # (C, D), (C,)
    tw, tb = (torch.tensor(a, requires_grad=True) for a in (w, b))
    theirs = F.cross_entropy(F.linear(torch.tensor(x), tw, tb), torch.tensor(y))
    theirs = theirs.detach(), *torch.autograd.grad(theirs, (tw, tb))
    pairs = zip(softmax_loss(w, b, x, y), theirs, strict=True)
    wrong += not all(np.allclose(a, b, atol=1e-12) for a, b in pairs)
print(f"2000 random losses and gradients against torch: {wrong} differ")
