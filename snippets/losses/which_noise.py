"""The noise decides which loss is best: how far from the truth each one ends."""

import numpy as np


def huber_constant(y, delta=1.5, steps=60):
    """Return the constant (M,) of least Huber loss for each row of y (M, N).

    Each step is a weighted mean, with weight delta / |error| beyond delta.
    """
    constant = np.median(y, axis=1, keepdims=True)  # (M, 1)
    for _ in range(steps):
        weight = delta / np.maximum(abs(y - constant), delta)  # (M, N)
        constant = (weight * y).sum(1, keepdims=True) / weight.sum(1, keepdims=True)
    return constant[:, 0]


rng = np.random.default_rng(0)
shape = 4000, 49  # M sets of N values around the truth, which is 0
normal = rng.standard_normal(shape)  # (M, N)
dirty = np.where(rng.random(shape) < 0.05, 10, 1) * rng.standard_normal(shape)  # (M, N)

print("root mean square distance from the truth, of 4000 sets of 49 values")
print("noise                      squared   absolute    Huber")
for name, y in {
    "normal": normal,
    "uniform": rng.uniform(-2, 2, shape),
    "Laplace": rng.laplace(size=shape),
    "normal, 5% ten times wider": dirty,
    "Cauchy": rng.standard_cauchy(shape),
}.items():
    constants = y.mean(axis=1), np.median(y, axis=1), huber_constant(y)
    rms = [np.sqrt(np.mean(constant**2)) for constant in constants]
    print(f"{name:<26}" + "".join(f"{r:9.3f}" for r in rms))
