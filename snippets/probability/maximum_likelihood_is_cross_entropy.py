"""The mean negative log-likelihood of labels is a cross-entropy, as in torch."""

import numpy as np
import torch
import torch.nn.functional as F


def cross_entropy(q, p):
    """Return H(q, p) = -sum_c q_c log p_c in nats, infinite if p excludes what q has.

    q, p: (C,), not negative, with sum 1; else ValueError.
    Source: Cover and Thomas 2006, chapter 2.
    """
    for d in (q, p):
        if q.ndim != 1 or q.shape != p.shape or d.min() < 0 or abs(d.sum() - 1) > 1e-9:
            raise ValueError(f"not two distributions over the same classes: {q}, {p}")
    if (p[q > 0] == 0).any():
        return np.inf
    return -(q[q > 0] * np.log(p[q > 0])).sum()


def kl_divergence(q, p):
    """Return KL(q || p) = H(q, p) - H(q, q): what it costs to take p for q."""
    return cross_entropy(q, p) - cross_entropy(q, q)


labels = np.array([0, 0, 0, 0, 0, 1, 1, 1, 2, 2])  # (N,)
q = np.bincount(labels) / len(labels)  # (C,)
print(f"shares of the labels  {q}")
print("probabilities         mean -log p   H(q, p)      H(q)  KL(q || p)")
for p in ([0.2, 0.3, 0.5], [0.4, 0.4, 0.2], [0.5, 0.3, 0.2], [0.9, 0.05, 0.05]):
    p = np.array(p)  # (C,)
    nll = -np.log(p[labels]).mean()
    parts = cross_entropy(q, p), cross_entropy(q, q), kl_divergence(q, p)
    row = "".join(f"{part:10.3f}" for part in parts)
    print(f"{p!s:<18}{nll:15.3f}{row}")

rng, wrong = np.random.default_rng(0), 0
for _ in range(2000):
    n, c = rng.integers(1, 30), rng.integers(2, 8)
    scores, labels = rng.normal(size=c), rng.integers(0, c, size=n)  # (C,), (N,)
    p = np.exp(scores) / np.exp(scores).sum()  # (C,)
    q = np.bincount(labels, minlength=c) / n  # (C,)
    logits = torch.tensor(scores).expand(n, c)  # (N, C)  one prediction for all
    theirs = F.cross_entropy(logits, torch.tensor(labels))
    wrong += not np.isclose(cross_entropy(q, p), theirs)
print(f"2000 random sets of labels against F.cross_entropy: {wrong} differ")
