"""XOR: the best straight line gets three of four points, two hidden units get all."""

from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np

POINTS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])  # (N, D)
LABELS = np.array([0, 1, 1, 0])  # (N,)


def best_line(points, labels):
    """Return the line that sorts most points: direction (2,), threshold, hits.

    points: (N, 2), labels: (N,) of 0 and 1. Every half a degree is tried; of equal
    lines, the one farthest from the points is best.
    """
    best = (-1, 0.0)
    for angle in np.deg2rad(np.arange(0, 360, 0.5)):
        direction = np.array([np.cos(angle), np.sin(angle)])  # (2,)
        places = np.sort(points @ direction)  # (N,)
        for low, high in pairwise(places):
            threshold, gap = (low + high) / 2, round(high - low, 6)
            hits = ((points @ direction > threshold) == labels).sum()
            if gap > 0 and (hits, gap) > best:
                best, line = (hits, gap), (direction, threshold, hits)
    return line


def network(x):
    """Return |x1 - x2| of x (..., 2) by two ReLU units: 1 for XOR, else 0."""
    h = np.maximum(x @ np.array([[1, -1], [-1, 1]]), 0)  # (..., 2)
    return h.sum(axis=-1)


direction, threshold, hits = best_line(POINTS, LABELS)
print(f"best line in x1, x2           {hits} of 4")
product = POINTS @ [1, 1] - 2 * POINTS[:, 0] * POINTS[:, 1]  # (N,)
print(f"linear in x1, x2 and x1 * x2  {(product == LABELS).sum()} of 4")
print(f"two hidden units with ReLU    {(network(POINTS) == LABELS).sum()} of 4")

side = np.linspace(-0.5, 1.5, 201)
grid = np.stack(np.meshgrid(side, side), axis=-1)  # (H, W, 2)
figure, axes = plt.subplots(1, 2, sharey=True)
for ax, title, yes in (
    (axes[0], "best line", grid @ direction > threshold),
    (axes[1], "two hidden units", network(grid) > 0.5),
):
    ax.contourf(side, side, yes, levels=[0.5, 1.5], colors="C5", alpha=0.3)
    for label, marker in ((0, "o"), (1, "s")):
        ax.plot(*POINTS[label == LABELS].T, marker, ms=9, label=f"XOR {label}")
    ax.set(title=title, xlabel="x1", aspect="equal")
axes[0].set_ylabel("x2")
figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2)
plt.show()
