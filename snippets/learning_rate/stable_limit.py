"""Gradient descent on a quadratic loss, below, at and above the limit 2 / curvature."""

import torch


def loss_after(steps, rate, curvature, start):
    """Return 1/2 sum(curvature * w^2) after steps of gradient descent from start.

    curvature, start: (D,). Each coordinate is multiplied by 1 - rate * curvature a
    step. Other shapes, a rate or a number of steps below 0: ValueError. Source: Goh
    2017 (doi 10.23915/distill.00006), first steps: gradient descent.
    """
    if curvature.ndim != 1 or curvature.shape != start.shape:
        shapes = tuple(curvature.shape), tuple(start.shape)
        raise ValueError(f"curvature and start need one shape (D,), got {shapes}")
    if rate < 0 or steps < 0:
        raise ValueError(f"rate and steps start at 0, got {rate} and {steps}")
    w = start * (1 - rate * curvature) ** steps  # (D,)
    return (curvature * w * w).sum() / 2


def descend(steps, rate, curvature, start):
    """Return the same, with torch's gradients and optimizer."""
    w = start.clone().requires_grad_()  # (D,)
    optimizer = torch.optim.SGD([w], lr=rate)
    for _ in range(steps):
        optimizer.zero_grad()
        ((curvature * w * w).sum() / 2).backward()
        optimizer.step()
    return (curvature * w * w).sum().detach() / 2


torch.set_default_dtype(torch.float64)
curvature = torch.tensor([1.0, 10.0, 100.0])  # (D,): the limit is 2 / 100
start = torch.ones(3)  # (D,)
counts = (0, 1, 10, 100, 300, 1000)
print("rate x curvature   loss after" + "".join(f"{n:8d}" for n in counts) + " steps")
for rate in (0.00001, 0.001, 0.01, 2 / 101, 0.0199, 0.02, 0.0201):
    losses = [loss_after(n, rate, curvature, start) for n in counts]
    row = "".join(f"{loss:8.2g}" for loss in losses)
    print(f"{100 * rate:16.3f}             {row}")

torch.manual_seed(0)
wrong = 0
for _ in range(2000):
    size, steps = torch.randint(1, 5, (2,)).tolist()
    curvature, start = 10 * torch.rand(size), torch.randn(size)  # (D,), (D,)
    rate = 2.5 * torch.rand(()).item() / curvature.max().item()
    case = steps, rate, curvature, start
    wrong += not torch.allclose(loss_after(*case), descend(*case), rtol=1e-9)
print(f"2000 random quadratics against torch.optim.SGD: {wrong} differ")
