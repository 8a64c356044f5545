"""The spread of Monte Carlo dropout does not shrink with more data; the error does."""

import numpy as np


def fit(x, y, p_drop):
    """Return the w (D,) that is best for linear regression with dropout on x (N, D)."""
    penalty = p_drop / (1 - p_drop) * (x**2).sum(0)  # (D,)
    return np.linalg.solve(x.T @ x + np.diag(penalty), x.T @ y)


def dropout_spread(w, x, p_drop):
    """Return the standard deviation over masks of the sum of w_i y_i.

    y is x after inverted dropout. w, x: (D,); 0 <= p_drop < 1; else ValueError.
    Source: the variances of independent terms add up.
    """
    if w.ndim != 1 or w.shape != x.shape or not 0 <= p_drop < 1:
        raise ValueError(f"got w {w.shape}, x {x.shape} and p_drop {p_drop}")
    return np.sqrt(p_drop / (1 - p_drop) * ((w * x) ** 2).sum())


rng = np.random.default_rng(0)
truth = np.array([1.0, -2.0, 0.5, 1.5])  # (D,)
point = np.ones(4)  # (D,)  where to predict

for p_drop in (0.1, 0.5):
    for size in (20, 200, 2000):
        predictions, spreads = [], []
        for _ in range(400):  # as many data sets
            x = rng.normal(size=(size, 4))  # (N, D)
            y = x @ truth + rng.normal(size=size)  # (N,)
            w = fit(x, y, p_drop)
            predictions.append(w @ point)
            spreads.append(dropout_spread(w, point, p_drop))
        print(f"p_drop {p_drop}, N = {size:4d}  spread over masks", end=" ")
        print(f"{np.mean(spreads):.2f}, over data sets {np.std(predictions):.2f}")
