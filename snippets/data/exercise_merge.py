"""Exercise: mean and deviation of two sets, from those of each."""

import numpy as np


def merge(one, two):
    """Return (count, mean, deviation) of two sets of numbers together.

    one, two: the same three of each set; deviations divide by the count.
    """
    ...  # your turn


# The check
rng = np.random.default_rng(0)


def known(x):
    return len(x), x.mean(), x.std()


wrong = ""
for _ in range(200):
    sizes, places = rng.integers(1, 30, 3), rng.uniform(-1e3, 1e3, 3)
    a, b, c = (m + rng.standard_normal(n) for n, m in zip(sizes, places, strict=True))
    whole = known(np.concatenate([a, b, c]))
    pair = merge(known(a), known(b))
    found = merge(pair, known(c)) if pair is not None else None
    if found is None or not np.allclose(found, whole, rtol=1e-9):
        one, two, both = known(a), known(b), known(np.concatenate([a, b]))
        wrong = "not yet: (count, mean, deviation)"
        for name, row in {
            "one": one,
            "two": two,
            "expected": both,
            "got": pair,
        }.items():
            numbers = "  ".join(f"{number:9.2f}" for number in row or [])
            wrong += f"\n  {name:<9}{numbers or None}"
        break
print(wrong or "right: 200 sets in three parts agree")
