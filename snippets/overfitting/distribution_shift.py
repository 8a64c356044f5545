"""Overfitting and shift told apart: more data closes one gap and leaves the other."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def shifted(x):
    """Return images (N, 64) of 8 x 8, moved to the right by one pixel."""
    return F.pad(x.view(-1, 8, 8), (1, -1)).flatten(1)


def accuracies(x, y, tests):
    """Train on x (N, 64), y (N,); return the accuracy on it and on each test set."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(64, 48), nn.ReLU(), nn.Linear(48, 10))
    adam = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(100):
        adam.zero_grad()
        F.cross_entropy(model(x), y).backward()
        adam.step()
    with torch.inference_mode():
        return [(model(a).argmax(1) == b).double().mean() for a, b in [(x, y), *tests]]


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
order = torch.randperm(len(x))  # (N,)
x, y = x[order] / 16, y[order]
tests = [(x[1297:], y[1297:]), (shifted(x[1297:]), y[1297:])]
print("learns from              training   test, as in training   test, 1 pixel right")
for name, count, both in (
    ("  50 digits", 50, False),
    (" 200 digits", 200, False),
    ("1297 digits", 1297, False),
    (" 200 digits, both ways", 200, True),
):
    x_train, y_train = x[:count], y[:count]
    if both:
        x_train = torch.cat([x_train, shifted(x_train)])  # (2 N, D)
        y_train = y_train.repeat(2)  # (2 N,)
    train, same, moved = accuracies(x_train, y_train, tests)
    print(f"{name:<25}{train:8.2f}{same:25.2f}{moved:22.2f}")
