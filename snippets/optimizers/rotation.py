"""Adam scales along the axes: turn the valley, and its advantage is gone."""

import numpy as np


def steps_needed(hessian, starts, rule, rates, limit=1000):
    """Return the median steps until the loss theta H theta / 2 is 1/1000 of the first.

    hessian (D, D), starts (S, D); of the best among the rates, which run side by side.
    """
    theta = np.repeat(starts[None], len(rates), axis=0)  # (R, S, D)
    m, v = np.zeros((2, *theta.shape))  # (R, S, D) each
    needed = np.full(theta.shape[:2], limit + 1)  # (R, S)
    goal = ((starts @ hessian) * starts).sum(axis=1) / 1000  # (S,)
    for t in range(1, limit + 1):
        gradient = theta @ hessian  # (R, S, D)
        m = 0.9 * m + 0.1 * gradient
        v = 0.999 * v + 0.001 * gradient**2
        step = 10 * m  # torch's sum
        if rule == "Adam":
            step = (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
        theta = theta - rates[:, None, None] * step
        reached = ((theta @ hessian) * theta).sum(axis=2) < goal  # (R, S)
        needed[reached & (needed > limit)] = t
    return int(np.median(needed, axis=1).min())


def turn(size, rng):
    """Return a random rotation or reflection (D, D)."""
    return np.linalg.qr(rng.standard_normal((size, size)))[0]


rng = np.random.default_rng(0)
curvatures = np.logspace(0, 3, 10)  # (D,): from 1 to 1000
starts = rng.standard_normal((30, 10)) / np.sqrt(curvatures)  # (S, D)
hessian, q = np.diag(curvatures), turn(10, rng)  # (D, D) each
rates = {"momentum": np.logspace(-4, -2.5, 16), "Adam": np.logspace(-4, 0, 31)}
print("steps to 1/1000 of the loss   along the axes   turned")
for rule in rates:
    along = steps_needed(hessian, starts, rule, rates[rule])
    turned = steps_needed(q @ hessian @ q.T, starts @ q.T, rule, rates[rule])
    print(f"{rule:<28}{along:16d}{turned:9d}")
