"""More features than examples: many weights fit, and where descent starts decides."""

import numpy as np
import torch


def descend(x, y, start, steps=4000, rate=0.05):
    """Return the weights (D,) of gradient descent on the mean squared error."""
    w = start.copy()
    for _ in range(steps):
        w -= rate * 2 * x.T @ (x @ w - y) / len(x)
    return w


def ridge(x, y, strength):
    """Return the w (D,) that minimizes |x w - y|^2 + strength |w|^2, always unique."""
    return np.linalg.solve(x.T @ x + strength * np.eye(x.shape[1]), x.T @ y)


rng = np.random.default_rng(0)
x, y = rng.normal(size=(5, 8)), rng.normal(size=5)  # (N, D), (N,)
new = rng.normal(size=8)  # (D,)

tx, ty = torch.tensor(x), torch.tensor(y)[:, None]  # (N, D), (N, 1)
print("                            length    largest error    prediction for")
print("                            of w      in training      a new example")
for name, w in {
    "torch.linalg.lstsq": torch.linalg.lstsq(tx, ty).solution[:, 0].numpy(),
    "torch.linalg.pinv": (torch.linalg.pinv(tx) @ ty)[:, 0].numpy(),
    "descent from zero": descend(x, y, np.zeros(8)),
    "descent from random": descend(x, y, rng.normal(size=8)),
    "descent from others": descend(x, y, rng.normal(size=8)),
    "ridge, strength 1": ridge(x, y, 1.0),
}.items():
    off = np.abs(x @ w - y).max()
    print(f"{name:<24}{np.linalg.norm(w):10.3f}{off:15.3f}{new @ w:17.3f}")
