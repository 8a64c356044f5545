"""At a constant rate single-example steps settle around the minimum, not in it."""

import numpy as np


def distance(noise, lr, order, epochs=100, runs=100):
    """Return the root mean squared distance from the minimum after so many epochs.

    Least squares on 50 examples; order: "drawn" with replacement, or "shuffled" anew in
    each epoch, any other: ValueError; lr: a number, or a function of the step.
    """
    if order not in ("drawn", "shuffled"):
        raise ValueError(f"no order {order}")
    rng = np.random.default_rng(0)
    x = rng.standard_normal((50, 3))  # (N, D)
    y = x @ [1, -2, 3] + noise * rng.standard_normal(50)  # (N,)
    best = np.linalg.lstsq(x, y)[0]  # (D,)
    theta = np.zeros((runs, 3))  # (runs, D)
    for epoch in range(epochs):
        if order == "drawn":
            indices = rng.integers(50, size=(50, runs))  # (N, runs)
        else:
            indices = rng.permuted(np.tile(np.arange(50), (runs, 1)), axis=1).T
        for step, chosen in enumerate(indices, start=50 * epoch):
            rate = lr(step) if callable(lr) else lr
            error = (x[chosen] * theta).sum(axis=1) - y[chosen]  # (runs,)
            theta -= rate * error[:, None] * x[chosen]
    return np.sqrt(((theta - best) ** 2).sum(axis=1).mean())


print("rate                    drawn   shuffled   drawn, and all examples fit exactly")
for name, lr in (
    ("0.1", 0.1),
    ("0.03", 0.03),
    ("0.01", 0.01),
    ("0.1 / (1 + step / 50)", lambda step: 0.1 / (1 + step / 50)),
):
    row = (
        distance(1, lr, "drawn"),
        distance(1, lr, "shuffled"),
        distance(0, lr, "drawn"),
    )
    print(f"{name:<22}{row[0]:7.3f}{row[1]:11.3f}{row[2]:38.3f}")
