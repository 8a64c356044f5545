"""Logistic regression: the loss of two classes and its gradient, against torch."""

import numpy as np
import torch
import torch.nn.functional as F


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))  # 1 / (1 + exp(-z)), without overflow


def logistic_loss(w, b, x, y):
    """Return the mean cross-entropy of two classes, and its gradient by w and b.

    w: (D,); b: a number; x: (N, D); y: (N,), each 0 or 1. Anything else: ValueError.
    Source: Hastie, Tibshirani and Friedman 2009, equations 4.20 and 4.21.
    """
    if x.ndim != 2 or w.shape != x.shape[1:] or y.shape != x.shape[:1]:
        raise ValueError(f"got w {w.shape}, x {x.shape}, y {y.shape}")
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"expected targets 0 and 1, got {np.unique(y)}")
    z = x @ w + b  # (N,)
    loss = (np.logaddexp(0, z) - y * z).mean()
    error = sigmoid(z) - y  # (N,)  probability minus target
    return loss, x.T @ error / len(x), error.mean()


rng = np.random.default_rng(0)
x = rng.normal(size=(500, 2))  # (N, D)
y = (rng.random(500) < sigmoid(x @ [2.0, -1.0] + 0.5)).astype(float)  # (N,)
w, b = np.zeros(2), 0.0
for _ in range(500):
    loss, by_w, by_b = logistic_loss(w, b, x, y)
    w, b = w - 1.0 * by_w, b - 1.0 * by_b
z = x @ w + b  # (N,)
differ = ((z > 0) != (sigmoid(z) > 0.5)).sum()
print("drawn with weights 2.00 -1.00 and bias 0.50")
print(f"fitted     weights {w[0]:.2f} {w[1]:.2f} and bias {b:.2f}, loss {loss:.3f}")
print(f"logit > 0 is right for {((z > 0) == y).sum()} of {len(y)} examples", end="; ")
print(f"probability > 0.5 decides otherwise for {differ}")

torch.set_default_dtype(torch.float64)
wrong = 0
for _ in range(2000):
    x = rng.normal(size=rng.integers(1, 9, size=2))  # (N, D)
    y = rng.integers(0, 2, size=len(x)).astype(float)  # (N,)
    w, b = rng.normal(size=x.shape[1]), rng.normal()
    tw, tb = (torch.tensor(a, requires_grad=True) for a in (w, b))
    logits = torch.tensor(x) @ tw + tb  # (N,)
    theirs = F.binary_cross_entropy_with_logits(logits, torch.tensor(y))
    theirs = theirs.detach(), *torch.autograd.grad(theirs, (tw, tb))
    pairs = zip(logistic_loss(w, b, x, y), theirs, strict=True)
    wrong += not all(np.allclose(a, b, atol=1e-12) for a, b in pairs)
print(f"2000 random losses and gradients against torch: {wrong} differ")
