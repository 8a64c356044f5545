"""Dropout on the inputs of linear regression is a penalty on the weights, exactly."""

import numpy as np


def dropout_loss(w, x, y, p_drop):
    """Return the squared error of x w, summed over examples and averaged over masks.

    x: (N, D), with dropout; w: (D,); y: (N,). Returns it and its part that is penalty.
    Other shapes, or a p_drop outside of 0 <= p_drop < 1: ValueError. Source: Srivastava
    et al. 2014, section 9.1, where p is for keeping and w is not yet divided by it.
    """
    if x.ndim != 2 or w.shape != x.shape[1:] or y.shape != x.shape[:1]:
        raise ValueError(f"got w {w.shape}, x {x.shape}, y {y.shape}")
    if not 0 <= p_drop < 1:
        raise ValueError(f"p_drop has to be at least 0 and below 1, got {p_drop}")
    penalty = p_drop / (1 - p_drop) * (w**2 * (x**2).sum(0)).sum()
    return ((y - x @ w) ** 2).sum() + penalty, penalty


def minimizer(x, y, strength):
    """Return the w (D,) that minimizes |y - x w|^2 + sum_j strength_j w_j^2."""
    return np.linalg.solve(x.T @ x + np.diag(strength), x.T @ y)


rng = np.random.default_rng(0)
x, w, y = rng.normal(size=(20, 6)), rng.normal(size=6), rng.normal(size=20)
p_drop = 0.3
masks = np.indices([2] * 6).reshape(6, -1).T  # (64, D)
kept = masks.sum(1)  # (64,)
chance = (1 - p_drop) ** kept * p_drop ** (6 - kept)  # (64,)
copies = masks[:, None] * x / (1 - p_drop)  # (64, N, D)

loss, penalty = dropout_loss(w, x, y, p_drop)
off = abs(loss - chance @ ((y - copies @ w) ** 2).sum(1))
print(f"mean loss {loss:.1f}, of it penalty {penalty:.1f}", end="; ")
print(f"all {len(masks)} masks give the same within {off:.12f}")

rows = (np.sqrt(chance)[:, None, None] * copies).reshape(-1, 6)  # (64 N, D)
by_masks = np.linalg.lstsq(rows, np.outer(np.sqrt(chance), y).ravel())[0]  # (D,)
by_penalty = minimizer(x, y, p_drop / (1 - p_drop) * (x**2).sum(0))  # (D,)
off = abs(by_masks - by_penalty).max()
print(f"best weights by all masks and by the penalty: within {off:.12f}")

other = x * np.array([10.0, 1, 1, 1, 1, 1])  # (N, D)  the first feature in other units
strengths = {
    "dropout": lambda x: p_drop / (1 - p_drop) * (x**2).sum(0),
    "plain L2": lambda x: np.full(6, 8.0),
}
for name, strength in strengths.items():
    before, after = (a @ minimizer(a, y, strength(a)) for a in (x, other))  # (N,)
    moved = abs(before - after).max()
    print(f"{name:<8}  other units move a prediction by {moved:.2f}")
