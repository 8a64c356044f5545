"""Descent stops at a saddle, noise leaves it; and how many small nets get stuck."""

import numpy as np
import torch


def steps_on_saddle(noise, rng, lr=0.1, limit=2000):
    """Return the steps until |x| > 0.5 on x^4 / 4 - x^2 / 2 + y^2 / 2, from (0, 1)."""
    x, y = 0.0, 1.0
    for step in range(limit):
        if abs(x) > 0.5:
            return step
        x -= lr * (x**3 - x + noise * rng.standard_normal())
        y -= lr * (y + noise * rng.standard_normal())
    return f"> {limit}"


def final_losses(units, runs=100, steps=1500, lr=0.2):
    """Return the final losses (runs,) on XOR of nets with one hidden layer."""
    generator = torch.Generator().manual_seed(0)
    first = torch.randn(runs, 3, units, generator=generator)  # (runs, D, H)
    second = (
        torch.randn(runs, units + 1, 1, generator=generator) / units**0.5
    )  # (runs, H + 1, 1)
    weights = [first.requires_grad_(), second.requires_grad_()]
    for _ in range(steps):
        hidden = (corners @ first).tanh()  # (runs, N, H)
        hidden = torch.cat([hidden, torch.ones(runs, 4, 1)], dim=2)  # (runs, N, H + 1)
        losses = (hidden @ second - xor).square().mean(dim=(1, 2))  # (runs,)
        gradients = torch.autograd.grad(losses.sum(), weights)
        with torch.no_grad():
            for weight, gradient in zip(weights, gradients):
                weight -= lr * gradient
    return losses.detach()


print("noise of the gradient     steps on the saddle")
rng = np.random.default_rng(0)
for noise in (0, 1e-12, 1e-6, 1e-3, 0.1):
    print(f"{noise:<26g}{steps_on_saddle(noise, rng):>19}")

torch.set_default_dtype(torch.float64)
corners = torch.tensor([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1.0]])  # (N, D)
xor = torch.tensor([[0], [1], [1], [0.0]])  # (N, 1)
print("\nhidden units   runs of 100 that end above a loss of 0.01")
for units in (2, 3, 4, 8):
    stuck = (final_losses(units) > 0.01).sum().item()
    print(f"{units:12d}{stuck:34d}")
