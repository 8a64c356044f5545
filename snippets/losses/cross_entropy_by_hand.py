"""Cross-entropy and its gradient in NumPy, compared with torch."""

import numpy as np
import torch
import torch.nn.functional as F


def cross_entropy(logits, target):
    """Return the mean cross-entropy in nats, and its gradient (N, K).

    logits: (N, K), any real numbers. target: class ids (N,) from 0 to K - 1, or
    probabilities (N, K). Other shapes, ids or probabilities: ValueError.
    Source: Bishop 2006, *Pattern recognition and machine learning*, equations
    4.108 and 4.109.
    """
    n, k = logits.shape
    if target.shape == (n,) and target.min() >= 0 and target.max() < k:
        target = np.eye(k)[target]  # (N, K), one-hot
    if target.shape != (n, k):
        raise ValueError(f"expected targets for logits {n, k}, got {target}")
    if target.min() < 0 or not np.allclose(target.sum(axis=1), 1):
        raise ValueError(f"expected probabilities, got {target}")
    shifted = logits - logits.max(axis=1, keepdims=True)  # (N, K), so exp() is <= 1
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))  # (N, K)
    return -(target * log_p).sum(axis=1).mean(), (np.exp(log_p) - target) / n


def torchs(logits, target):
    """Return the same from torch."""
    z = torch.tensor(logits, requires_grad=True)  # (N, K)
    loss = F.cross_entropy(z, torch.tensor(target))
    loss.backward()
    return loss.item(), z.grad.numpy()


logits = np.array([[2.0, 1.0, -1.0, 0.0], [0.5, 3.0, 0.5, 0.5]])  # (N, K)
target = np.array([0, 3])  # (N,)
loss, gradient = cross_entropy(logits, target)
p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)  # (N, K)
for n in range(2):
    row = " ".join(f"{value:.3f}" for value in p[n])
    print(f"softmax {row}   class {target[n]}: -ln p = {-np.log(p[n, target[n]]):.3f}")
print(f"mean {loss:.3f}, torch {torchs(logits, target)[0]:.3f}")
for row in gradient:
    print("gradient" + "".join(f"{value:8.3f}" for value in row))

rng = np.random.default_rng(0)
differ = 0
for _ in range(2000):
    n, k = rng.integers(1, 9), rng.integers(2, 12)
    logits = 10 ** rng.uniform(-2, 3) * rng.standard_normal((n, k))  # (N, K)
    ids, p = rng.integers(k, size=n), rng.dirichlet(np.ones(k), n)  # (N,), (N, K)
    for target in (ids, p):
        pairs = zip(cross_entropy(logits, target), torchs(logits, target), strict=True)
        differ += not all(np.allclose(a, b, 1e-12, 1e-12) for a, b in pairs)
print(f"2000 random batches, with ids and with probabilities: {differ} differ")
