"""Mirrored or not, 81 crops: an image has 162 versions, and training repeats them."""

import numpy as np


def versions(pad, flips=2):
    """Return how many versions crops of the padded image give, each mirrored or not."""
    if pad < 0:
        raise ValueError(f"expected padding of 0 or more, got {pad}")
    return flips * (2 * pad + 1) ** 2


def all_different(count, epochs):
    """Return the probability that no version of one image comes twice in `epochs`."""
    return np.prod(np.maximum(1 - np.arange(epochs) / count, 0))


def expected_different(count, epochs):
    """Return how many versions of one image come up in `epochs` draws on average."""
    return count * (1 - (1 - 1 / count) ** epochs)


count = versions(pad=4)
rng = np.random.default_rng(0)
print(f"{count} versions of an image")
print("epochs   no repeat   different versions seen   counted, 2,000 images")
for epochs in (5, 15, 30, 90, 300):
    drawn = rng.integers(count, size=(2000, epochs))  # (images, epochs)
    seen = np.mean([len(set(row)) for row in drawn.tolist()])
    chance, theory = all_different(count, epochs), expected_different(count, epochs)
    print(f"{epochs:6d}{chance:12.3f}{theory:26.1f}{seen:24.1f}")
