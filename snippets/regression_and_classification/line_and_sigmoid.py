"""A line through quantities, and a sigmoid between two groups."""

import matplotlib.pyplot as plt
import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def fit(x, y, output, rate, steps=3000):
    """Return weight and bias of output(w x + b), by gradient descent.

    x, y: (N,). With the output itself and squared error, or with the sigmoid and
    cross-entropy, the gradient has one form: prediction minus target, times x.
    """
    w = b = 0.0
    for _ in range(steps):
        error = output(w * x + b) - y  # (N,)
        w, b = w - rate * (error * x).mean(), b - rate * error.mean()
    return w, b


rng = np.random.default_rng(0)
hours = rng.uniform(0, 10, size=40)  # (N,)
points = 20 + 6 * hours + rng.normal(scale=8, size=40)  # (N,)
passed = (points > 50).astype(float)  # (N,)

w, b = fit(hours, points, lambda z: z, rate=0.02)
v, c = fit(hours, passed, sigmoid, rate=0.2)
print(f"points: {b:.1f}, and {w:.2f} for each hour")
print(f"to pass: odds times {np.exp(v):.1f} for each hour, even at {-c / v:.2f} hours")

line = np.linspace(0, 10, 200)  # (200,)
_, (left, right) = plt.subplots(1, 2, figsize=(7.4, 3.3))
left.plot(hours, points, "o")
left.plot(line, w * line + b)
left.vlines(hours, points, w * hours + b, linewidth=0.6)
left.set(xlabel="hours of study", ylabel="points", title="regression")
for value, marker in ((0, "o"), (1, "^")):
    chosen = passed == value
    right.plot(hours[chosen], passed[chosen], marker)
right.plot(line, sigmoid(v * line + c))
right.axvline(-c / v, linestyle="--", linewidth=0.8)
right.set(xlabel="hours of study", ylabel="probability to pass", title="classification")
plt.show()
