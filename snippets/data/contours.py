"""The loss over two weights, before and after the inputs are standardized."""

import matplotlib.pyplot as plt
import numpy as np


def path(x, y, steps):
    """Return the weights (steps + 1, D) on the way down, at the best constant rate."""
    curvatures = np.linalg.eigvalsh(x.T @ x / len(x))  # (D,)
    rate = 2 / (curvatures[0] + curvatures[-1])
    weights = [np.zeros(x.shape[1])]
    for _ in range(steps):
        weights.append(weights[-1] - rate * x.T @ (x @ weights[-1] - y) / len(x))
    return np.array(weights)


def loss(weights, x, y):
    """Return half the mean square for weights (..., D)."""
    return ((weights @ x.T - y) ** 2).mean(axis=-1) / 2


rng = np.random.default_rng(0)
raw = rng.standard_normal((300, 2)) * [1, 4]  # (N, D)
raw -= raw.mean(axis=0)
y = raw @ [1.5, 0.5]  # (N,)
standard = raw / raw.std(axis=0)  # (N, D)

figure, panels = plt.subplots(1, 2)
print("steps until the loss is a hundredth")
for axes, x, name in zip(panels, (raw, standard), ("raw", "standardized"), strict=True):
    way = path(x, y, 100)
    reached = int(np.argmax(loss(way, x, y) < 0.01 * loss(way[0], x, y)))
    print(f"    {name:<14}{reached:3d}")
    best = np.linalg.lstsq(x, y)[0]  # (D,)
    side = np.linspace(-1.3, 1.3, 81) * abs(best).max()  # (M,)
    grid = np.stack(np.meshgrid(best[0] + side, best[1] + side), axis=-1)  # (M, M, D)
    value = loss(grid, x, y)  # (M, M)
    levels = loss(way[0], x, y) * np.array([0.02, 0.1, 0.3, 0.6, 1, 2])
    axes.contour(grid[..., 0], grid[..., 1], value, levels, colors="gray", linewidths=1)
    axes.plot(*way[:30].T, "o-", markersize=3)
    axes.set(xlabel="weight 1", ylabel="weight 2", title=name, aspect="equal")
plt.show()
