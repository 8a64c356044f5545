"""Expectation, variance and covariance of two numbers, exact from their table."""

import numpy as np

x, y = np.array([0.0, 1.0, 4.0]), np.array([-1.0, 0.0, 1.0, 2.0])  # values
joint = np.array([[4, 2, 1, 1], [1, 3, 3, 1], [0, 0, 1, 3]]) / 20  # (3, 4)


def mean(values, probability=joint):
    """Return the expectation of values (3, 4), or of shapes that broadcast to it."""
    return (np.broadcast_to(values, probability.shape) * probability).sum()


def variance(values, probability=joint):
    """Return the expectation of the squared distance from the mean."""
    return mean((values - mean(values, probability)) ** 2, probability)


def covariance(a, b, probability=joint):
    """Return the expectation of the product of both distances from their means."""
    a, b = a - mean(a, probability), b - mean(b, probability)
    return mean(a * b, probability)


X, Y = x[:, None], y[None]  # (3, 1), (1, 4)
alone = joint.sum(axis=1)[:, None] * joint.sum(axis=0)  # (3, 4)  as if independent
print("                            as given   if independent")
for name, value in {
    "E[X + Y]": lambda p: mean(X + Y, p),
    "E[X] + E[Y]": lambda p: mean(X, p) + mean(Y, p),
    "E[XY]": lambda p: mean(X * Y, p),
    "E[X] E[Y]": lambda p: mean(X, p) * mean(Y, p),
    "E[X^2]": lambda p: mean(X**2, p),
    "E[X]^2": lambda p: mean(X, p) ** 2,
    "Var[X + Y]": lambda p: variance(X + Y, p),
    "Var[X] + Var[Y]": lambda p: variance(X, p) + variance(Y, p),
    "the same + 2 Cov[X, Y]": lambda p: (
        variance(X, p) + variance(Y, p) + 2 * covariance(X, Y, p)
    ),
    "Var[-3 X + 5]": lambda p: variance(-3 * X + 5, p),
    "9 Var[X]": lambda p: 9 * variance(X, p),
}.items():
    print(f"{name:<24}{value(joint):12.3f}{value(alone):17.3f}")
