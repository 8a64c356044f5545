"""Three sizes of batch: their paths over one epoch, and the loss after several."""

import matplotlib.pyplot as plt
import numpy as np


def gradient(theta, x, y):
    """Return the gradient (D,) of the mean of (x theta - y)^2 / 2 over a batch."""
    return x.T @ (x @ theta - y) / len(x)


def train(batch, lr, epochs, rng):
    """Return all points (steps + 1, D) of a run: shuffle, cut, step for each batch."""
    points = [np.zeros(2)]  # (D,)
    for _ in range(epochs):
        order = rng.permutation(len(x))  # (N,)
        for start in range(0, len(x), batch):
            chosen = order[start : start + batch]  # (B,)
            points.append(points[-1] - lr * gradient(points[-1], x[chosen], y[chosen]))
    return np.array(points)


def loss(theta):
    return np.mean((x @ theta - y) ** 2) / 2


rng = np.random.default_rng(0)
x = rng.standard_normal((200, 2)) * [1, 0.6]  # (N, D)
y = x @ [2, -1.5] + 0.7 * rng.standard_normal(200)  # (N,)
best = np.linalg.lstsq(x, y)[0]  # (D,)
print("batch  steps an epoch   loss above the best, after epochs  1      5     25")
for batch in (200, 20, 1):
    points = train(batch, 0.1, 25, rng)  # (steps + 1, D)
    each = 200 // batch
    above = "".join(f"{loss(points[n * each]) - loss(best):7.3f}" for n in (1, 5, 25))
    print(f"{batch:5d}{each:16d}{'':29}{above}")
    plt.plot(*points[: each + 1].T, "o-", ms=3, lw=1, label=f"B = {batch}")

whole, theta = train(200, 0.1, 25, rng)[-1], np.zeros(2)  # (D,) each
for _ in range(25):
    theta = theta - 0.1 * gradient(theta, x, y)
print(f"\nB = N against the full gradient: off by {np.abs(whole - theta).max():.12f}")
plt.plot(*best, "k*", ms=12, label="the minimum")
plt.xlabel("first parameter")
plt.ylabel("second parameter")
plt.legend()
plt.show()
