"""A narrow valley: plain steps zigzag across it, momentum runs along it."""

import matplotlib.pyplot as plt
import numpy as np


def best_settings(kappa):
    """Return {name: (lr, mu)}, the fastest for curvatures from 1 to kappa.

    Source: Polyak 1964; Goh 2017, "The dynamics of momentum".
    """
    root = kappa**0.5
    return {
        "plain": (2 / (1 + kappa), 0.0),
        "momentum": (4 / (1 + root) ** 2, ((root - 1) / (root + 1)) ** 2),
    }


def path(start, curvature, lr, mu, steps):
    """Return all points (steps + 1, D) of a descent of sum curvature * theta^2 / 2."""
    points = [np.array(start, float)]  # (D,)
    v = np.zeros(len(start))  # (D,)
    for _ in range(steps):
        v = mu * v + curvature * points[-1]
        points.append(points[-1] - lr * v)
    return np.array(points)


print("curvatures  steps to a millionth of the way: plain  momentum")
for kappa in (10, 100, 1000):
    counts = []
    for lr, mu in best_settings(kappa).values():
        points = path((1, 1), np.array([1, kappa]), lr, mu, 10 * kappa)  # (T, 2)
        far = np.linalg.norm(points, axis=1) > 1e-6 * 2**0.5  # (T,)
        counts.append(np.flatnonzero(far)[-1] + 1)
    print(f"1 and {kappa:4d}{counts[0]:40d}{counts[1]:10d}")

curvature = np.array([1, 30])  # (D,)
x, y = np.meshgrid(np.linspace(-3.3, 1.2, 200), np.linspace(-1, 1, 200))  # (H, W)
heights = (curvature[0] * x**2 + curvature[1] * y**2) / 2  # (H, W)
plt.contour(
    x, y, heights, levels=[0.1, 0.5, 1.5, 3.5, 7], colors="gray", linewidths=0.7
)
for (name, mu), line in zip((("plain", 0), ("momentum 0.7", 0.7)), ("o-", "s--")):
    points = path((-3, 0.8), curvature, 0.06, mu, 14)  # (T, 2)
    plt.plot(*points.T, line, label=f"{name}, 14 steps")
plt.xlabel("parameter of curvature 1")
plt.ylabel("parameter of curvature 30")
plt.legend(loc="lower center", bbox_to_anchor=(0.5, 1), ncols=2)
plt.show()
