"""A rare class: accuracy hides it, and weights for it shift all probabilities."""

import numpy as np


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def fit(x, y, weight):
    """Return the coefficients (D,) of logistic regression, by Newton's method.

    x: (N, D); y: (N,), 0 or 1; weight: (N,), how much each example counts.
    """
    w = np.zeros(x.shape[1])
    for _ in range(20):
        p = sigmoid(x @ w)  # (N,)
        slope = x.T @ (weight * (p - y))  # (D,)
        curvature = (x.T * (weight * p * (1 - p))) @ x  # (D, D)
        w -= np.linalg.solve(curvature, slope)
    return w


rng = np.random.default_rng(0)
x = np.column_stack([rng.normal(size=(20000, 1)), np.ones(20000)])  # (N, D)
y = (rng.random(20000) < sigmoid(x @ [4.0, -9.0])).astype(float)  # (N,)
ratio = (1 - y.mean()) / y.mean()  # negatives for each positive
print(f"{100 * y.mean():.1f} % are positive, 1 for {ratio:.0f} negatives")

plain = sigmoid(x @ fit(x, y, np.ones(len(y))))  # (N,)
weighted = sigmoid(x @ fit(x, y, np.where(y == 1, ratio, 1.0)))  # (N,)
odds = weighted / (1 - weighted) / ratio  # (N,)
corrected = odds / (1 + odds)  # (N,)

print("                         mean         of 100        of 100")
print("                  probability  positives found  alarms true  accuracy")
for name, p, threshold in (
    ("always no", np.zeros(len(y)), 0.5),
    ("plain", plain, 0.5),
    ("plain, above share", plain, y.mean()),
    ("weighted", weighted, 0.5),
    ("weighted, corrected", corrected, y.mean()),
):
    alarm, true = p > threshold, y == 1  # (N,)
    found = 100 * (alarm & true).sum() / true.sum()
    precise = f"{100 * (alarm & true).sum() / alarm.sum():.0f}" if alarm.any() else "-"
    right = (alarm == true).mean()
    print(f"{name:<20}{p.mean():9.3f}{found:17.0f}{precise:>13}{right:10.3f}")
