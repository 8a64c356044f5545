"""Gradient descent on the mean squared error of a line, by formula and by torch."""

import numpy as np
import torch


def descend(theta, gradient_at, lr, steps):
    """Return all points (steps + 1, D) from theta (D,) on.

    gradient_at(theta) gives the gradient (D,); all coordinates move at once. A gradient
    of another shape, or lr <= 0: ValueError. Source: Cauchy 1847.
    """
    points = [np.asarray(theta, float)]  # (D,)
    for _ in range(steps):
        gradient = np.asarray(gradient_at(points[-1]))  # (D,)
        if gradient.shape != points[-1].shape or lr <= 0:
            shapes = f"theta {points[-1].shape}, gradient {gradient.shape}"
            raise ValueError(f"{shapes}, lr {lr}")
        points.append(points[-1] - lr * gradient)
    return np.array(points)


def loss(theta):
    """Return the mean squared error of slope and offset, theta (D,)."""
    return np.mean((x @ theta - y) ** 2)


def gradient(theta):
    """Return the gradient (D,) of the loss."""
    return 2 / len(x) * x.T @ (x @ theta - y)


rng = np.random.default_rng(0)
x = np.stack([rng.uniform(-1, 3, 30), np.ones(30)], axis=1)  # (N, D)
y = x @ [2, -1] + 0.5 * rng.standard_normal(30)  # (N,)
points = descend([0, 0], gradient, lr=0.1, steps=200)  # (steps + 1, D)
best = np.linalg.lstsq(x, y)[0]  # (D,)
print("step   slope  offset    loss")
for step in (0, 1, 2, 5, 20, 200):
    print(
        f"{step:4d}{points[step][0]:8.3f}{points[step][1]:8.3f}{loss(points[step]):8.3f}"
    )
print(f"best{best[0]:8.3f}{best[1]:8.3f}{loss(best):8.3f}")

weight = torch.zeros(2, dtype=torch.float64, requires_grad=True)  # (D,)
sgd = torch.optim.SGD([weight], lr=0.1)
for _ in range(200):
    sgd.zero_grad()
    (torch.tensor(x) @ weight - torch.tensor(y)).square().mean().backward()
    sgd.step()
off = np.abs(points[-1] - weight.detach().numpy()).max()
print(f"\n200 steps against torch: off by {off:.12f}")
