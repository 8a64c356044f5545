"""Momentum as a sum and as an average, under a constant gradient and against torch."""

import torch


def momentum_step(theta, gradient, v, lr, mu, dampening=0.0):
    """Return theta and v after one step; v is None before the first.

    theta, gradient, v: of one shape. Other shapes, or mu outside [0, 1): ValueError.
    Source: the documentation of torch.optim.SGD; dampening = mu makes an average, and
    without momentum torch ignores it.
    """
    if theta.shape != gradient.shape or not 0 <= mu < 1:
        raise ValueError(f"theta {theta.shape}, gradient {gradient.shape}, mu {mu}")
    first = v is None or mu == 0
    v = gradient if first else mu * v + (1 - dampening) * gradient
    return theta - lr * v, v


def against_torch(runs=100, steps=10):
    """Return the largest difference of random runs from torch.optim.SGD."""
    off = 0.0
    for _ in range(runs):
        lr, mu, dampening = torch.rand(3).tolist()
        theta, v = torch.randn(2, 3), None  # (H, W)
        weight = theta.clone().requires_grad_()  # (H, W)
        sgd = torch.optim.SGD([weight], lr, mu, dampening)
        for _ in range(steps):
            weight.grad = torch.randn(2, 3)  # (H, W)
            theta, v = momentum_step(theta, weight.grad, v, lr, mu, dampening)
            sgd.step()
        off = max(off, (theta - weight).abs().max().item())
    return off


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
print("step of lr 0.1, gradient 1       1st    2nd    3rd   10th  100th")
for name, mu, dampening in (
    ("no momentum", 0.0, 0.0),
    ("mu 0.9, sum", 0.9, 0.0),
    ("mu 0.9, average", 0.9, 0.9),
    ("mu 0.99, sum", 0.99, 0.0),
):
    theta, v, steps = torch.zeros(1), None, []  # (1,)
    for _ in range(100):
        after, v = momentum_step(theta, torch.ones(1), v, 0.1, mu, dampening)
        steps.append((theta - after).item())
        theta = after
    row = "".join(f"{steps[t - 1]:7.3f}" for t in (1, 2, 3, 10, 100))
    print(f"{name:<29}{row}")
print(f"\n100 random runs against torch: off by {against_torch():.12f}")
