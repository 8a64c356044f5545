"""Label smoothing: the target that it makes, and where it lets the logits rest."""

import math

import numpy as np
import torch
import torch.nn.functional as F


def smooth(ids, classes, epsilon):
    """Return the smoothed targets (N, K), whose rows sum to 1.

    ids: (N,), classes: K. The true class gets 1 - epsilon, and all K classes, the true
    one too, share epsilon equally. epsilon outside 0 .. 1: ValueError.
    Source: Szegedy et al. 2015 (arXiv 1512.00567), section 7.
    """
    if not 0 <= epsilon <= 1:
        raise ValueError(f"expected epsilon from 0 to 1, got {epsilon}")
    return (1 - epsilon) * np.eye(classes)[ids] + epsilon / classes  # (N, K)


def resting_gap(classes, epsilon):
    """Return by how much the true logit exceeds each other one at the least loss."""
    return math.log(classes * (1 - epsilon) / epsilon + 1)


def descend(target, steps):
    """Return the logits (K,) after plain steps of rate 1 from zero, and the loss."""
    z = np.zeros_like(target)  # (K,)
    for _ in range(steps):
        z -= np.exp(z) / np.exp(z).sum() - target
    return z, -target @ (z - np.log(np.exp(z).sum()))


rng = np.random.default_rng(0)
differ = 0
for _ in range(2000):
    n, k, epsilon = rng.integers(1, 9), rng.integers(2, 20), rng.uniform()
    logits = 3 * rng.standard_normal((n, k))  # (N, K)
    ids = rng.integers(k, size=n)  # (N,)
    z, y = torch.tensor(logits), torch.tensor(ids)  # (N, K), (N,)
    ours = F.cross_entropy(z, torch.tensor(smooth(ids, k, epsilon)))
    torchs = F.cross_entropy(z, y, label_smoothing=epsilon)
    differ += not torch.allclose(ours, torchs, rtol=1e-12)
print(f"2000 random batches against torch's label_smoothing: {differ} differ")

print("5 classes, true logit minus the others after steps           loss after")
print("epsilon      10     100    1000   10000   at rest       10000       p true")
for epsilon in (0.0, 0.01, 0.1, 0.3):
    target = smooth(np.array(0), 5, epsilon)  # (K,)
    row = ""
    for steps in (10, 100, 1000, 10000):
        z, loss = descend(target, steps)
        row += f"{z[0] - z[1]:8.2f}"
    rest = f"{resting_gap(5, epsilon):.2f}" if epsilon else "none"
    p = np.exp(z[0]) / np.exp(z).sum()
    print(f"{epsilon:<7.2f}{row}{rest:>10}{loss:12.4f}{p:13.4f}")
