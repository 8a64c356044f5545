"""Where a line separates the classes, the weights that fit them grow without end."""

import numpy as np


def descend(x, y, steps, decay=0.0, rate=0.5):
    """Return the weights (D,) of logistic regression after some steps from zero.

    x: (N, D), y: (N,) of -1 and 1. Minimizes the mean of log(1 + exp(-y w x)) plus
    decay / 2 times the squared norm of w.
    """
    w = np.zeros(x.shape[1])
    for _ in range(steps):
        wrong = 1 / (1 + np.exp(y * (x @ w)))  # (N,)  probability of the other class
        w += rate * ((wrong * y) @ x / len(x) - decay * w)
    return w


rng = np.random.default_rng(0)
x = rng.normal(size=(60, 2))  # (N, D)
sure = x @ [0.6, 0.8]  # (N,)
x, y = x[np.abs(sure) > 0.2], np.sign(sure[np.abs(sure) > 0.2])  # (N, D), (N,)

print("  decay   steps  length of w  mean loss  right  least probability")
for decay in (0.0, 0.01):
    for steps in (10, 100, 1000, 10000):
        w = descend(x, y, steps, decay)
        margin = y * (x @ w)  # (N,)
        loss = np.logaddexp(0, -margin).mean()
        least = 1 / (1 + np.exp(-margin.min()))
        row = f"{decay:7.2f}{steps:8d}{np.linalg.norm(w):13.2f}{loss:11.4f}"
        print(f"{row}{(margin > 0).mean():7.2f}{least:19.3f}")
