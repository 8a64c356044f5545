"""Noisy gradients: a constant rate ends on a floor, and a falling one goes below it."""

import numpy as np


def floor(rate, curvature, noise):
    """Return the expected loss at which SGD with a constant rate stays.

    The loss is curvature * w^2 / 2; noise: standard deviation of the gradient.
    A rate outside (0, 2 / curvature): ValueError. Source: the fixed point of
    E w^2 = (1 - rate * curvature)^2 E w^2 + rate^2 noise^2.
    """
    if not 0 < rate * curvature < 2:
        raise ValueError(f"no floor at rate {rate} with curvature {curvature}")
    return rate * noise**2 / (2 * (2 - rate * curvature))


def expected_loss(rates, curvature, noise, start):
    """Return the expected loss after one step of SGD at each of the rates."""
    square = start**2
    for rate in rates:
        square = (1 - rate * curvature) ** 2 * square + rate**2 * noise**2
    return curvature * square / 2


def simulate(rates, curvature, noise, start, walkers=10_000):
    """Return the mean loss of many walkers that take the same steps with own noise."""
    rng = np.random.default_rng(0)
    w = np.full(walkers, start)  # (walkers,)
    for rate in rates:
        w -= rate * (curvature * w + noise * rng.standard_normal(walkers))
    return (curvature * w**2 / 2).mean()


steps, noise, start = 300, 0.3, 1.0
curvatures = (0.1, 1.0)  # a flat direction and a steep one, whose limit is 2
left = 1 - np.arange(steps) / steps  # (steps,): 1 down to nearly 0

print("largest   rate fixed:  floor    loss   drawn    falling: linear   cosine")
for rate in (0.01, 0.03, 0.1, 0.3, 1.0, 1.9, 2.1):
    shapes = np.ones(steps), left, (1 - np.cos(np.pi * left)) / 2  # 3 times (steps,)
    fixed, linear, cosine = (
        sum(expected_loss(rate * shape, c, noise, start) for c in curvatures)
        for shape in shapes
    )
    if rate * max(curvatures) < 2:
        level = sum(floor(rate, c, noise) for c in curvatures)
        drawn = sum(simulate(rate * shapes[0], c, noise, start) for c in curvatures)
        row = f"{level:18.3f}{fixed:8.3f}{drawn:8.3f}"
    else:
        row = f"{'none':>18}   grows"
    print(f"{rate:5}{row:<34}{linear:19.4f}{cosine:9.4f}")
