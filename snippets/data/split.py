"""How many test examples an accuracy needs: two intervals, and how often they hold."""

import numpy as np


def wald(right, n, z=1.96):
    """Return the interval accuracy ± z sqrt(accuracy (1 - accuracy) / n)."""
    p = right / n
    half = z * np.sqrt(p * (1 - p) / n)
    return p - half, p + half


def wilson(right, n, z=1.96):
    """Return Wilson's interval for the accuracy, which holds for few errors too.

    right: how many of n are right. More than n, or fewer than 0: ValueError.
    Source: Wilson 1927, doi 10.1080/01621459.1927.10502953.
    """
    if np.min(right) < 0 or np.max(right) > n:
        raise ValueError(f"expected 0 to {n} right answers, got {right}")
    p = right / n
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    return middle - half, middle + half


rng = np.random.default_rng(0)
print("test       accuracy 0.90             accuracy 0.99")
print("examples   wilson interval           wilson interval")
for n in (100, 1000, 10_000, 100_000):
    row = ""
    for accuracy in (0.9, 0.99):
        low, high = wilson(accuracy * n, n)
        row += f"{low:.3f} to {high:.3f}".ljust(26)
    print(f"{n:7d}    {row}".rstrip())

print("how often the interval holds the truth, of 100,000 test sets")
print("examples   truth    wilson   ± 1.96 deviations")
for n, truth in ((100, 0.9), (100, 0.99), (1000, 0.9), (1000, 0.99)):
    right = rng.binomial(n, truth, 100_000)  # (M,)
    row = ""
    for interval in (wilson, wald):
        low, high = interval(right, n)
        row += f"{((low <= truth) & (truth <= high)).mean():11.2f}"
    print(f"{n:7d}{truth:10.2f}{row}")
