"""The best rate of short runs is too high for long ones: exact losses of noisy SGD."""

import numpy as np

CURVATURES = np.array([1.0, 0.1, 0.01])  # (D,)
NOISE = 0.3  # standard deviation of the gradient's noise in each direction


def expected_loss(rate, steps):
    """Return the mean loss after steps of SGD from 1 in each direction of a quadratic.

    rate: any shape. Each step multiplies the distance by 1 - rate * curvature and adds
    rate * noise. A rate beyond 2 / the largest curvature: ValueError.
    """
    rate = np.asarray(rate)[..., None]  # (..., 1)
    if np.any(rate * CURVATURES >= 2):
        raise ValueError(f"no stable rate: {rate.max()}")
    left = (1 - rate * CURVATURES) ** (2 * steps)  # (..., D): of the squared distance
    noise = rate * NOISE**2 / (CURVATURES * (2 - rate * CURVATURES)) * (1 - left)
    return (CURVATURES * (left + noise) / 2).sum(axis=-1)


rng = np.random.default_rng(0)
w = np.ones((20_000, 3))  # (runs, D)
for _ in range(100):
    w -= 0.1 * (CURVATURES * w + NOISE * rng.standard_normal(w.shape))
counted = (CURVATURES * w**2 / 2).sum(axis=1).mean()
at_0_1 = expected_loss(0.1, 100)
print(f"rate 0.1, 100 steps: {at_0_1:.3f}, by 20,000 runs {counted:.3f}\n")

rates = np.logspace(-4, 0.29, 400)  # (400,)
short = rates[expected_loss(rates, 10).argmin()]
print(" steps   best rate   loss there   loss at the best rate of 10 steps")
for steps in (10, 100, 1000, 10_000):
    losses = expected_loss(rates, steps)  # (400,)
    at_short = expected_loss(short, steps)
    print(
        f"{steps:6d}{rates[losses.argmin()]:12.3f}{losses.min():13.4f}{at_short:20.4f}"
    )
