"""One pass over the data: the same arithmetic, in few large or many small steps."""

import numpy as np


def loss(theta, x, y):
    """Return the mean logistic loss of theta (D,) for labels y of -1 and 1."""
    return np.logaddexp(0, -y * (x @ theta)).mean()


def one_epoch(x, y, batch, lr):
    """Return theta (D,) after one pass over x (N, D) in order, in steps of a batch."""
    theta = np.zeros(x.shape[1])  # (D,)
    for start in range(0, len(x), batch):
        xs, ys = x[start : start + batch], y[start : start + batch]  # (B, D), (B,)
        pull = ys * (1 - np.tanh(ys * (xs @ theta) / 2)) / 2  # (B,)
        theta += lr * pull @ xs / len(xs)
    return theta


rng = np.random.default_rng(0)
x = rng.standard_normal((8000, 20)) * np.logspace(0, -1.5, 20)  # (N, D)
teacher = 5 * rng.standard_normal(20)  # (D,)
y = np.where(x @ teacher + rng.logistic(size=8000) > 0, 1, -1)  # (N,)
print(f"at the start: loss {loss(np.zeros(20), x, y):.3f}")
print("batch   steps   best lr   loss after one pass")
for batch in (8000, 800, 80, 8, 1):
    rates = (0.1, 0.3, 1, 3, 10, 30, 100)
    losses = {lr: loss(one_epoch(x, y, batch, lr), x, y) for lr in rates}
    best = min(losses, key=losses.get)
    print(f"{batch:5d}{8000 // batch:8d}{best:10g}{losses[best]:14.3f}")
