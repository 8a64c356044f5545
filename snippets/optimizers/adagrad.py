"""AdaGrad against torch, and what it does for features that are seen rarely."""

import torch


def adagrad_step(theta, gradient, total, lr, eps=1e-10):
    """Return theta and the sum of squares after one step; the sum starts at 0.

    theta, gradient, total: of one shape, or ValueError. Source: Duchi, Hazan and
    Singer 2011, the diagonal form; eps as in torch.optim.Adagrad.
    """
    if not theta.shape == gradient.shape == total.shape:
        raise ValueError(f"shapes {theta.shape}, {gradient.shape}, {total.shape}")
    total = total + gradient**2
    return theta - lr * gradient / (total**0.5 + eps), total


def against_torch(runs=100, steps=10):
    """Return the largest difference of random runs from torch.optim.Adagrad."""
    off = 0.0
    for _ in range(runs):
        lr, eps, start = torch.rand(3).tolist()
        theta, total = torch.randn(2, 3), torch.full((2, 3), start)  # (H, W) each
        weight = theta.clone().requires_grad_()  # (H, W)
        adagrad = torch.optim.Adagrad([weight], lr, 0, 0, start, eps)
        for _ in range(steps):
            weight.grad = torch.randn(2, 3)  # (H, W)
            theta, total = adagrad_step(theta, weight.grad, total, lr, eps)
            adagrad.step()
        off = max(off, (theta - weight).abs().max().item())
    return off


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
every = torch.tensor([1, 10, 100])  # (D,): a feature is seen each so many steps
theta, total, plain = torch.zeros(3, 3)  # (D,) each
for step in range(1000):
    gradient = -(step % every == 0).double()  # (D,)
    theta, total = adagrad_step(theta, gradient, total, 0.1)
    plain = plain - 0.1 * gradient
print("a feature seen   path in 1000 steps at lr 0.1: SGD   AdaGrad")
for n in range(3):
    print(f"each {every[n]:3d} steps{plain[n]:37.1f}{theta[n]:10.1f}")
print(f"\n100 random runs against torch: off by {against_torch():.12f}")
