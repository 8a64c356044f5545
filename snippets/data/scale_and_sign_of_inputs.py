"""How scale, mean and correlation of two inputs decide how long descent takes."""

import numpy as np


def descent(x, weights):
    """Return first gradient's length, largest stable rate, condition number and steps.

    Gradient descent on half the mean square error, for inputs x (N, D) whose right
    weights are (D,), from zero, until the loss is a millionth of what it was, at the
    best constant rate, 2 / (smallest + largest eigenvalue of the Hessian). Inputs of
    which one is made of the others: ValueError. Source: LeCun et al. 1998.
    """
    hessian = x.T @ x / len(x)  # (D, D)
    curvatures, axes = np.linalg.eigh(hessian)  # (D,), (D, D); the smallest first
    if curvatures[0] < 1e-12 * curvatures[-1]:
        raise ValueError(f"no single solution: curvatures {curvatures}")
    losses = curvatures * (axes.T @ weights) ** 2  # (D,), along each axis
    shrink = 1 - 2 * curvatures / (curvatures[0] + curvatures[-1])  # (D,), by a step
    low, high = 0, 2**40  # steps that are not enough, and that are
    while high - low > 1:
        middle = (low + high) // 2
        left = (losses * abs(shrink) ** (2.0 * middle)).sum()
        low, high = (low, middle) if left <= 1e-6 * losses.sum() else (middle, high)
    gradient = np.linalg.norm(hessian @ weights)
    return gradient, 2 / curvatures[-1], curvatures[-1] / curvatures[0], high


rng = np.random.default_rng(0)
noise = rng.standard_normal((500, 2))  # (N, D)
noise = (noise - noise.mean(axis=0)) / noise.std(axis=0)
tied = np.stack([noise[:, 0], noise @ [0.98, 0.2]], axis=1)  # (N, D)
ones = np.ones((500, 1))  # (N, 1)
print("                          first   stable     without a bias       with a bias")
print("two inputs             gradient   rate <  condition   steps  condition   steps")
for name, x in {
    "mean 0, deviation 1": noise,
    "deviations 100, 100": 100 * noise,
    "deviations 1, 100": noise * [1, 100],
    "mean 5, deviation 1": noise + 5,
    "mean 128, deviation 74": 128 + 74 * noise,
    "correlated, dev. 1": tied / tied.std(axis=0),
}.items():
    weights = 1 / x.std(axis=0)  # (D,): both inputs matter alike
    gradient, rate, condition, steps = descent(x, weights)
    row = f"{gradient:8.1f}{rate:9.2g}{condition:11.0f}{steps:8d}"
    *_, condition, steps = descent(np.hstack([x, ones]), np.append(weights, 1))
    print(f"{name:<23}{row}{condition:11.0f}{steps:8d}")
