"""The noise of a mini-batch gradient: its variance falls as one over the batch size."""

from itertools import combinations

import numpy as np


def batch_variance(gradients, batch, replacement=False):
    """Return the mean squared distance of a batch's mean gradient from the full one.

    gradients: (N, D), of single examples; batches drawn evenly, with replacement or
    without. A batch that cannot be drawn: ValueError. Source: Cochran 1977, section 2.
    """
    count = len(gradients)
    if batch < 1 or (batch > count and not replacement):
        raise ValueError(f"no batch of {batch} out of {count} examples")
    spread = gradients - gradients.mean(axis=0)  # (N, D)
    variance = (spread**2).sum(axis=1).mean() / batch
    return variance if replacement else variance * (count - batch) / max(count - 1, 1)


rng = np.random.default_rng(0)
x = rng.standard_normal((500, 6))  # (N, D)
y = x.sum(axis=1) + 2 * rng.standard_normal(500) > 0  # (N,)
theta = 0.1 * rng.standard_normal(6)  # (D,)
gradients = (1 / (1 + np.exp(-x @ theta)) - y)[:, None] * x  # (N, D)
full = gradients.mean(axis=0)  # (D,)
print(f"squared norm of the full gradient: {full @ full:.2f}")
print("batch   variance   formula   noise / gradient   batches that point uphill")
for batch in (1, 4, 16, 64, 250, 500):
    draws = [rng.choice(500, batch, replace=False) for _ in range(2000)]
    means = np.array([gradients[chosen].mean(axis=0) for chosen in draws])  # (draws, D)
    variance = ((means - full) ** 2).sum(axis=1).mean()
    formula = batch_variance(gradients, batch)
    noise = np.sqrt(formula / (full @ full))
    uphill = 100 * np.mean(means @ full < 0)
    print(f"{batch:5d}{variance:11.3f}{formula:10.3f}{noise:19.2f}{uphill:26.0f} %")

few = gradients[:15]  # (N, D)
pairs = np.array([few[list(pair)].mean(axis=0) for pair in combinations(range(15), 2)])
off = np.abs(pairs.mean(axis=0) - few.mean(axis=0)).max()
spread = ((pairs - few.mean(axis=0)) ** 2).sum(axis=1).mean() - batch_variance(few, 2)
print(f"\nall {len(pairs)} pairs of 15 examples: mean off by {off:.12f}, ", end="")
print(f"variance off by {abs(spread):.12f}")
