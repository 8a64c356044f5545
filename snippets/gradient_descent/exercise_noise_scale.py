"""Exercise: the noise scale of a gradient, from the norms at two batch sizes."""

import numpy as np


def noise_scale(small, small_norm, large, large_norm):
    """Return V / |g|^2, from mean squared norms of gradients of two batch sizes.

    A batch of B drawn with replacement has a gradient g + noise, the mean of |noise|^2
    is V / B, and that of g times noise is 0.
    """
    ...  # your turn


# The check
rng = np.random.default_rng(0)
wrong = ""
for _ in range(20):
    offset = rng.uniform(0.3, 2) * rng.standard_normal(7)
    gradients = rng.standard_normal((3000, 7)) + offset  # (N, D)
    full = gradients.mean(axis=0)  # (D,)
    expected = ((gradients - full) ** 2).sum(axis=1).mean() / (full @ full)
    sizes, norms = rng.choice([1, 2, 4, 16, 64], 2, replace=False), []
    for size in sizes:
        means = gradients[rng.integers(3000, size=(20_000, size))].mean(axis=1)
        norms.append((means**2).sum(axis=1).mean())
    got = noise_scale(sizes[0], norms[0], sizes[1], norms[1])
    if got is None or not abs(got / expected - 1) < 0.2:
        shown = None if got is None else f"{got:.2f}"
        wrong = f"batches of {sizes}: expected {expected:.2f}, got {shown}"
        break
print(f"not yet: {wrong}" if wrong else "right: 20 noise scales within 20 %")
