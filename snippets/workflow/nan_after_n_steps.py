"""The loss is nan after some steps: it grew by the same factor in each of them."""

import math

import torch
import torch.nn.functional as F


def train(rate, seed=0, steps=400):
    """Return the losses of gradient descent on a line through 50 points."""
    torch.manual_seed(seed)
    x = 3 * torch.randn(50, 4)  # (N, D)
    y = x @ torch.tensor([1.0, -2.0, 0.5, 3.0]) + 0.1 * torch.randn(50)  # (N,)
    weight = torch.zeros(4, requires_grad=True)  # (D,)
    losses = []
    for _ in range(steps):
        loss = F.mse_loss(x @ weight, y)
        (gradient,) = torch.autograd.grad(loss, weight)
        with torch.no_grad():
            weight -= rate * gradient
        losses.append(loss.item())
    return losses


def first(losses, test):
    """Return the first step whose loss passes a test, or a dash."""
    return next((str(n) for n, loss in enumerate(losses) if test(loss)), "-")


torch.set_default_dtype(torch.float64)
print("           loss at step 0        2        4   first inf   first nan   last")
for name, rate in (("rate 0.3", 0.3), ("rate 0.03", 0.03)):
    losses = train(rate)
    row = f"{losses[0]:12.0e}{losses[2]:9.0e}{losses[4]:9.0e}"
    row += f"{first(losses, math.isinf):>12}{first(losses, math.isnan):>12}"
    print(f"{name:<13}{row}{losses[-1]:7.2f}")
