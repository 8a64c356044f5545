"""In a network the largest curvature moves: it rises until the rate allows no more."""

import torch
from torch import nn
from torch.autograd import grad


def largest_curvature(loss, parameters, rounds=20):
    """Return the largest eigenvalue, in size, of the Hessian, by power iteration."""
    slopes = grad(loss, parameters, create_graph=True)
    slope = torch.cat([s.flatten() for s in slopes])  # (P,): all parameters in a row
    v = torch.ones_like(slope)  # (P,)
    for _ in range(rounds):
        v = v / v.norm()
        product = grad(slope, parameters, v, retain_graph=True)
        product = torch.cat([h.flatten() for h in product])  # (P,): Hessian times v
        curvature, v = (v @ product).item(), product
    return curvature


def train(fraction, steps=400):
    """Train at a part of the first limit; return the losses, and rate x curvature.

    The latter at the start, at step 50 and at the last eight.
    """
    torch.manual_seed(0)
    x = torch.randn(64, 8)  # (N, D)
    y = torch.sin(2 * x[:, :1]) + x[:, 1:2] * x[:, 2:3]  # (N, 1)
    layers = nn.Linear(8, 24), nn.Tanh(), nn.Linear(24, 24), nn.Tanh(), nn.Linear(24, 1)
    network = nn.Sequential(*layers)
    parameters, rate, losses, products = [*network.parameters()], None, [], []
    for step in range(steps):
        loss = nn.functional.mse_loss(network(x), y)
        if step in (0, 50) or step >= steps - 8:
            curvature = largest_curvature(loss, parameters)
            rate = rate or fraction * 2 / curvature
            products.append(rate * curvature)
        losses.append(loss.item())
        if not losses[-1] < 100:
            break
        for parameter, slope in zip(parameters, grad(loss, parameters), strict=True):
            parameter.data -= rate * slope
    return losses, products


torch.set_default_dtype(torch.float64)
print("rate, as part   rate x curvature           loss")
print("of the limit   start  step 50  end     start   end")
for fraction in (0.1, 0.25, 0.4, 1.5):
    losses, products = train(fraction)
    row = f"{fraction:12}{products[0]:8.1f}"
    if len(losses) == 400:
        row += f"{products[1]:9.1f}{sum(products[2:]) / 8:5.1f}{losses[0]:10.1f}"
        print(row + f"{losses[-1]:6.1f}")
    else:
        print(f"{row}   diverges after {len(losses)} steps")
