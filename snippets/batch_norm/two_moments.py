"""Batch norm sets mean and standard deviation of a feature, and nothing else."""

import numpy as np


def normalize(x, eps=1e-5):
    """Return x (N,) with mean 0 and standard deviation sqrt(var / (var + eps))."""
    return (x - x.mean()) / np.sqrt(x.var() + eps)


def show(name, x):
    """Print mean, standard deviation and skewness of x (N,)."""
    skewness = ((x - x.mean()) ** 3).mean() / x.std() ** 3
    mean = round(x.mean(), 2) + 0.0  # no "-0.00"
    print(f"{name:<25}mean {mean:5.2f}   std {x.std():.2f}   skewness {skewness:.2f}")


rng = np.random.default_rng(0)
x = rng.exponential(scale=4.0, size=100_000)  # (N,)  skewed, never negative
gamma, beta = 3.0, -1.0

show("x", x)
show("x_hat", normalize(x))
show("gamma * x_hat + beta", gamma * normalize(x) + beta)
show("divided by the variance", (x - x.mean()) / x.var())
show("a weak x, of std 0.001", normalize(x / x.std() * 0.001))

undone = np.sqrt(x.var() + 1e-5) * normalize(x) + x.mean()  # gamma = std, beta = mean
print(f"gamma and beta can undo it: x is back to within {np.abs(undone - x).max():.9f}")
