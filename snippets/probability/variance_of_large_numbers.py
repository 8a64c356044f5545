"""The mean square minus the squared mean loses the variance of large numbers."""

import numpy as np


def by_squares(x):
    """Return the mean of the squares minus the square of the mean; x: (N,)."""
    return (x**2).mean() - x.mean() ** 2


def by_distances(x):
    """Return the mean of the squared distances from the mean; x: (N,)."""
    return ((x - x.mean()) ** 2).mean()


print("two numbers, of variance 1     by squares   by distances")
for low, dtype in (
    (11, np.float32),
    (1001, np.float32),
    (5000, np.float32),
    (10_001, np.float32),
    (10_001, np.float64),
    (1_000_000_000, np.float64),
):
    x = np.array([low, low + 2], dtype=dtype)  # (N,)
    name = f"{dtype.__name__} {low} and {low + 2}"
    print(f"{name:<34}{by_squares(x):7.2f}{by_distances(x):15.2f}")
