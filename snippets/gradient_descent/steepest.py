"""Against the gradient the loss falls fastest, in small steps as predicted."""

import numpy as np


def loss(theta):
    """Return a smooth loss of theta (..., D): the log of a sum of exponentials."""
    return np.log(np.exp(theta @ slopes.T).sum(axis=-1))


def gradient(theta):
    """Return its gradient (D,) at theta (D,): the slopes, weighted by a softmax."""
    weights = np.exp(theta @ slopes.T)  # (K,)
    return weights @ slopes / weights.sum()


rng = np.random.default_rng(0)
slopes = rng.standard_normal((8, 5))  # (K, D)
theta = rng.standard_normal(5)  # (D,)
g = gradient(theta)  # (D,)

directions = rng.standard_normal((100_000, 5))  # (directions, D)
directions /= np.linalg.norm(directions, axis=1, keepdims=True)
falls = loss(theta) - loss(theta + 1e-3 * directions)  # (directions,)
fall = loss(theta) - loss(theta - 1e-3 * g / np.linalg.norm(g))
print("a step of length 0.001                fall of the loss")
print(f"against the gradient                  {1e3 * fall:7.3f} thousandths")
print(f"best of 100,000 random directions     {1e3 * falls.max():7.3f}")
print(f"share that goes up                    {100 * np.mean(falls < 0):7.0f} %")

print("\n   lr   fall / predicted, which is lr times the squared norm of the gradient")
for lr in (10, 3, 1, 0.1, 0.01):
    fall = loss(theta) - loss(theta - lr * g)
    print(f"{lr:5g}{fall / (lr * g @ g):10.2f}")
