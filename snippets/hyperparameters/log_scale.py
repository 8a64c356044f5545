"""Where draws of a rate fall, decade by decade, and how much the rate matters there."""

import math

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits


def log_uniform(low, high, count):
    """Return draws (count,) of which each factor of 10 gets as many as any other."""
    if not 0 < low < high:
        raise ValueError(f"expected 0 < low < high, got {low} and {high}")
    exponents = torch.rand(count) * math.log(high / low)  # (count,)
    return low * exponents.exp()


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


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
pixels, y = (torch.tensor(a) for a in load_digits(return_X_y=True))
x = (pixels - pixels.mean()) / pixels.std()  # (N, D)
low, high = 1e-5, 1.0
draws = {
    "uniform": low + (high - low) * torch.rand(100_000),  # (count,)
    "log-uniform": log_uniform(low, high, 100_000),
}
print("                share of the draws         validation loss at")
print("rate            uniform  log-uniform      the middle   10 % more")
for n in range(-5, 0):
    bottom, top, middle = 10.0**n, 10.0 ** (n + 1), 10 ** (n + 0.5)
    shares = [((d >= bottom) & (d < top)).double().mean() for d in draws.values()]
    losses = f"{loss_at(middle):16.2f}{loss_at(1.1 * middle):12.2f}"
    print(f"{bottom:7.5f} to {top:<7g}{shares[0]:6.4f}{shares[1]:13.2f}{losses}")
