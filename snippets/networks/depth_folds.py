"""Each layer of two units folds its input: straight pieces double with every layer."""

import numpy as np


def tent(x):
    """Two ReLU units: up from 0 to 1 at x = 1/2, and down again to 0 at 1."""
    return 2 * np.maximum(x, 0) - 4 * np.maximum(x - 0.5, 0)


def pieces(y):
    """Return of how many straight pieces a line (N,) at even places consists."""
    slopes = np.diff(y)
    return 1 + np.count_nonzero(np.abs(np.diff(slopes)) > 1e-9)


y = np.linspace(0, 1, 2**12 + 1)  # (N,)
print("layers  units  pieces   units of one hidden layer, at least")
for depth in range(1, 9):
    y = tent(y)
    count = pieces(y)
    print(f"{depth:6d}{2 * depth:7d}{count:8d}{count - 1:14d}")
