"""A normal prior on the weights is an L2 penalty, and its strength a ratio."""

import numpy as np
import torch
from torch.distributions import Normal


def ridge(x, y, strength):
    """Return the w (D,) that minimizes |x w - y|^2 + strength |w|^2.

    x: (N, D); y: (N,). Source: Hoerl and Kennard 1970.
    """
    return np.linalg.solve(x.T @ x + strength * np.eye(x.shape[1]), x.T @ y)


def most_probable(x, y, noise_std, prior_std, steps=300):
    """Return the w (D,) with the highest log p(y | w) + log p(w), by descent."""
    x, y = torch.tensor(x), torch.tensor(y)  # (N, D), (N,)
    w = torch.zeros(x.shape[1], dtype=x.dtype, requires_grad=True)  # (D,)
    optimizer = torch.optim.SGD([w], lr=0.02)
    for _ in range(steps):
        log_p = Normal(x @ w, noise_std).log_prob(y).sum()
        log_p = log_p + Normal(0.0, prior_std).log_prob(w).sum()
        optimizer.zero_grad()
        (-log_p).backward()
        optimizer.step()
    return w.detach().numpy()


torch.set_default_dtype(torch.float64)
rng = np.random.default_rng(0)
x = rng.normal(size=(12, 3))  # (N, D)
y = x @ [1.0, -1.0, 0.5] + rng.normal(size=12)  # (N,)
print("prior std   penalty   weights by probability        by ridge")
for prior_std in (10.0, 0.5, 0.2):
    strength = 1.0**2 / prior_std**2  # variance of the noise over that of the weights
    rows = most_probable(x, y, 1.0, prior_std), ridge(x, y, strength)
    cells = ["".join(f"{weight:8.3f}" for weight in row) for row in rows]
    print(f"{prior_std:9.1f}{strength:10.2f}  {cells[0]}  {cells[1]}")
