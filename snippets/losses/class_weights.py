"""Weights for a rare class move the threshold, and the probabilities with it."""

import numpy as np
import torch
import torch.nn.functional as F


def weighted_probability(p, weight):
    """Return the probability that a weighted loss leads to, where the true one is p.

    weight: that of class 1 over that of class 0; 0 or below: ValueError.
    It is the r for which -weight p ln r - (1 - p) ln(1 - r) is least.
    """
    if not weight > 0:
        raise ValueError(f"expected a weight above 0, got {weight}")
    return weight * p / (weight * p + 1 - p)


def train(x, y, weight):
    """Return slope and intercept of logistic regression, class 1 weighted."""
    line = torch.zeros(2, requires_grad=True)  # (2,)
    for _ in range(600):
        score = line[0] * x + line[1]  # (N,)
        weights = torch.where(y == 1, weight, 1.0)  # (N,)
        loss = F.binary_cross_entropy_with_logits(score, y, weights, reduction="sum")
        (gradient,) = torch.autograd.grad(loss / weights.sum(), line)
        line = (line - 2 * gradient).detach().requires_grad_()
    return line.tolist()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
y = (torch.rand(20000) < 0.05).double()  # (N,): 5 in 100 are of class 1
x = torch.randn(20000) + 2 * y  # (N,)
truth = (2 * x - 2 + np.log(0.05 / 0.95)).sigmoid()  # (N,), by Bayes' rule

rows = (1.0, 0.5), (19.0, 0.5), (1.0, 0.05)
trained = {weight: train(x, y, weight) for weight in (1.0, 19.0)}
print("                   slope  intercept  threshold  recall  precision  mean p")
for weight, threshold in rows:
    slope, intercept = trained[weight]
    p = (slope * x + intercept).sigmoid()  # (N,)
    said, right = p > threshold, (p > threshold) & (y == 1)  # (N,), (N,)
    recall, precision = right.sum() / y.sum(), right.sum() / said.sum()
    print(f"class 1 weighs {weight:2.0f}{slope:7.2f}{intercept:11.2f}", end="")
    print(f"{threshold:11.2f}{recall:8.2f}{precision:11.2f}{p.mean():8.2f}")
for weight, (slope, intercept) in trained.items():
    p = (slope * x + intercept).sigmoid()  # (N,)
    off = (p - weighted_probability(truth, weight)).abs().mean()
    print(f"weight {weight:2.0f}: p differs from the formula by {off:.3f} on average")
