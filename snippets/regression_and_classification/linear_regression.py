"""Linear regression by its formula and by gradient descent, checked against torch."""

import numpy as np
import torch


def linear_regression(x, y):
    """Return the weights (D,) and the bias with the smallest mean squared error.

    x: (N, D); y: (N,). Other shapes, or features that do not determine the weights:
    ValueError. Source: Hastie, Tibshirani and Friedman 2009, equation 3.6.
    """
    if x.ndim != 2 or y.shape != x.shape[:1]:
        raise ValueError(f"expected (N, D) and (N,), got {x.shape} and {y.shape}")
    table = np.column_stack([x, np.ones(len(x))])  # (N, D + 1)
    if (rank := np.linalg.matrix_rank(table)) < table.shape[1]:
        raise ValueError(f"{table.shape[1]} unknowns, but only rank {rank}")
    solution = np.linalg.solve(table.T @ table, table.T @ y)  # (D + 1,)
    return solution[:-1], solution[-1]


def descend(x, y, steps, rate=0.1):
    """Return weights (D,) and bias after steps against the gradient, from zero."""
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        error = x @ w + b - y  # (N,)
        w, b = w - rate * 2 * x.T @ error / len(x), b - rate * 2 * error.mean()
    return w, b


rng = np.random.default_rng(0)
x = rng.normal(size=(50, 2))  # (N, D)
y = x @ [3.0, -2.0] + 5 + rng.normal(scale=0.5, size=50)  # (N,)

print("                    weights       bias   squared error")
rows = {f"{steps:3d} steps": descend(x, y, steps) for steps in (1, 10, 100)}
for name, (w, b) in {**rows, "formula": linear_regression(x, y)}.items():
    error = ((x @ w + b - y) ** 2).mean()
    print(f"{name:<12}{w[0]:10.3f}{w[1]:8.3f}{b:9.3f}{error:16.3f}")

wrong = 0
for _ in range(2000):
    features = rng.integers(1, 6)
    x = rng.normal(size=(features + rng.integers(4, 20), features))  # (N, D)
    y = rng.normal(size=len(x))  # (N,)
    table = np.column_stack([x, np.ones(len(x))])  # (N, D + 1)
    theirs = torch.linalg.lstsq(torch.tensor(table), torch.tensor(y)[:, None]).solution
    ours = np.append(*linear_regression(x, y))  # (D + 1,)
    wrong += not np.allclose(ours, theirs[:, 0], atol=1e-8)
print(f"2000 random tables against torch.linalg.lstsq: {wrong} differ")
