"""If the best value is the last one tried, the best one has not been tried."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits


def loss_at(rate, steps=30):
    """Return the validation loss of a linear classifier of digits, trained by GD."""
    weights = torch.zeros(64, 10)  # (D, K)
    for _ in range(steps):
        weights = weights.requires_grad_()
        (gradient,) = torch.autograd.grad(
            F.cross_entropy(x[:300] @ weights, y[:300]), weights
        )
        weights = (weights - rate * gradient).detach()
    return F.cross_entropy(x[900:] @ weights, y[900:]).item()


def search(values, loss_at, factor, most=20):
    """Try values, and go on by a factor while the best is the lowest or the highest.

    Return {value: loss}, ordered by value. After `most` trials it gives up: ValueError.
    """
    found = {value: loss_at(value) for value in values}
    while len(found) < most:
        low, best, high = min(found), min(found, key=found.get), max(found)
        if low < best < high:
            return dict(sorted(found.items()))
        value = low / factor if best == low else high * factor
        found[value] = loss_at(value)
        print(f"best at the edge, {best:g}: try {value:g} too")
    raise ValueError(f"the best of {most} values is still at the edge: {best}")


torch.set_default_dtype(torch.float64)
pixels, y = (torch.tensor(a) for a in load_digits(return_X_y=True))
x = (pixels - pixels.mean()) / pixels.std()  # (N, D)
for rate, loss in search([0.0003, 0.001, 0.003, 0.01], loss_at, factor=10**0.5).items():
    print(f"rate {rate:7.4f}   validation loss {loss:.2f}")
