"""What momentum does to the noise: of the velocity, and of the parameters."""

import numpy as np


def velocity_noise(mu):
    """Return the standard deviations of the sum and the average of noise of std 1."""
    return 1 / np.sqrt(1 - mu**2), np.sqrt((1 - mu) / (1 + mu))


def parameter_noise(lr, mu, curvature=1.0):
    """Return the standard deviation that a parameter keeps around its minimum.

    The gradient is curvature * theta plus noise of std 1. A setting that diverges, from
    lr * curvature = 2 (1 + mu) on: ValueError.
    """
    if not 0 < lr * curvature < 2 * (1 + mu) or not 0 <= mu < 1:
        raise ValueError(f"diverges: lr {lr}, mu {mu}, curvature {curvature}")
    room = 2 * (1 + mu) - lr * curvature
    return np.sqrt(lr * (1 + mu) / (curvature * (1 - mu) * room))


def measured(lr, mu, curvature, rng, chains=10000, steps=150):
    """Return the standard deviations of v and theta over many chains, after `steps`."""
    theta, v = np.zeros((2, chains))  # (chains,) each
    for _ in range(steps):
        v = mu * v + curvature * theta + rng.standard_normal(chains)
        theta = theta - lr * v
    return v.std(), theta.std()


rng = np.random.default_rng(0)
off = 0.0
print("      velocity of noise   parameters, noise")
print("  mu      sum   average   lr 0.1   lr 0.1 (1 - mu)")
for mu in (0, 0.5, 0.9):
    total, average = velocity_noise(mu)
    same, scaled = parameter_noise(0.1, mu), parameter_noise(0.1 * (1 - mu), mu)
    print(f"{mu:4.1f}{total:9.2f}{average:10.2f}{same:9.2f}{scaled:18.2f}")
    off = max(
        off,
        abs(measured(0.1, mu, 0, rng)[0] / total - 1),
        abs(measured(0.1, mu, 1, rng)[1] / same - 1),
        abs(measured(0.1 * (1 - mu), mu, 1, rng)[1] / scaled - 1),
    )
print(f"simulated in 10,000 chains: within 3 %: {off < 0.03}")
