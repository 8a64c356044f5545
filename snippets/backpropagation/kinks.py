"""At a kink there is no slope: autograd and differences each choose a number."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)


def by_autograd(function, x):
    x = torch.tensor(x, requires_grad=True)
    return torch.autograd.grad(function(x), x)[0].item()


def by_difference(function, x, h=1e-3):
    above, below = (function(torch.tensor(place)) for place in (x + h, x - h))
    return ((above - below) / (2 * h)).item()


print("function, at x            autograd  difference of step 0.001")
for name, function, x in (
    ("relu(x), 0.0004", F.relu, 0.0004),
    ("relu(x), 0", F.relu, 0.0),
    ("abs(x), 0", torch.abs, 0.0),
    ("max(x, 0), 0", lambda x: torch.maximum(x, torch.tensor(0.0)), 0.0),
    ("relu(x) - relu(-x), 0", lambda x: F.relu(x) - F.relu(-x), 0.0),
):
    slopes = by_autograd(function, x), by_difference(function, x)
    print(f"{name:<24}{slopes[0]:10.2f}{slopes[1]:17.2f}")


def wrong(activation, h):
    """Return how many of the first layer's weights a check with step h calls wrong."""
    torch.manual_seed(0)
    x, t = torch.randn(50, 6), torch.randn(50, 1)  # (N, D), (N, 1)
    net = nn.Sequential(nn.Linear(6, 20), activation, nn.Linear(20, 1))
    weight = net[0].weight  # (H, D)
    (gradient,) = torch.autograd.grad(F.mse_loss(net(x), t), weight)
    count = 0
    with torch.no_grad():
        for row, column in torch.cartesian_prod(torch.arange(20), torch.arange(6)):
            losses = []
            for step in (h, -2 * h, h):
                weight[row, column] += step
                losses.append(F.mse_loss(net(x), t))
            slope = (losses[0] - losses[1]) / (2 * h)
            count += int(abs(slope - gradient[row, column]) > 1e-4 * gradient.norm())
    return count


print("\nweights of 120 that a check calls wrong")
for h in (1e-2, 1e-3, 1e-4, 1e-5):
    counts = [wrong(activation, h) for activation in (nn.Tanh(), nn.ReLU())]
    print(f"step {h:.0e}:   tanh {counts[0]:3d}   ReLU {counts[1]:3d}")
