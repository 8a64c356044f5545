"""Mean, second moment and variance under dropout, against every mask there is."""

import numpy as np


def unit_moments(x, p_drop, scaled=True):
    """Return the mean, second moment and variance over masks of one unit, like x.

    x: a number, or an array of them. scaled: whether what is kept is divided by
    1 - p_drop, as in torch. A p_drop outside of 0 <= p_drop < 1: ValueError.
    Source: the moments of a Bernoulli variable.
    """
    if not 0 <= p_drop < 1:
        raise ValueError(f"p_drop has to be at least 0 and below 1, got {p_drop}")
    p_keep = 1 - p_drop
    kept = x / p_keep if scaled else x
    return p_keep * kept, p_keep * kept**2, p_drop * p_keep * kept**2


def linear_moments(w, x, p_drop, scaled=True):
    """Return the mean, second moment and variance over masks of the sum of w_i y_i.

    y is x after dropout. w, x: (D,), or ValueError; the other arguments are those of
    unit_moments. Source: the y_i are independent, and so their variances add up.
    """
    if w.ndim != 1 or w.shape != x.shape:
        raise ValueError(f"expected w and x of shape (D,), got {w.shape} and {x.shape}")
    means, _, variances = unit_moments(w * x, p_drop, scaled)  # (D,), (D,), (D,)
    mean, variance = means.sum(), variances.sum()
    return mean, mean**2 + variance, variance


rng = np.random.default_rng(0)
mask = rng.random(400_000) >= 0.2  # (trials,)
for name, scaled in (("divided by 0.8", True), ("not scaled", False)):
    y = 3.0 * mask / (0.8 if scaled else 1.0)  # (trials,)
    formula, drawn = unit_moments(3.0, 0.2, scaled), (y.mean(), (y**2).mean(), y.var())
    print(f"x = 3, p_drop = 0.2, {name:<14}  mean  square  variance")
    for source, values in (("formula", formula), ("drawn", drawn)):
        print(f"{source:>35}", "".join(f"{value:7.2f}" for value in values))

differ = 0
for _ in range(2_000):
    size, p_drop, scaled = rng.integers(1, 9), rng.uniform(0, 0.95), rng.random() < 0.5
    w, x = rng.normal(size=(2, size))  # (D,), (D,)
    masks = np.indices([2] * size).reshape(size, -1).T  # (2^D, D)
    kept = masks.sum(1)  # (2^D,)
    chance = (1 - p_drop) ** kept * p_drop ** (size - kept)  # (2^D,)
    sums = masks @ (w * x) / (1 - p_drop if scaled else 1)  # (2^D,)
    mean, square = chance @ sums, chance @ sums**2
    exact = mean, square, chance @ (sums - mean) ** 2
    differ += not np.allclose(linear_moments(w, x, p_drop, scaled), exact)
print(f"sums of 1 to 8 units: 2000 compared with all of their masks, {differ} differ")
