"""RMSProp against torch: the size of the gradient cancels, its noise does not."""

import torch


def rmsprop_step(theta, gradient, v, lr, alpha=0.99, eps=1e-8):
    """Return theta and the average of squares after one step; it starts at 0.

    theta, gradient, v: of one shape. Other shapes, or alpha outside [0, 1): ValueError.
    Source: Tieleman and Hinton 2012; eps outside the root, as in torch.optim.RMSprop.
    """
    if not theta.shape == gradient.shape == v.shape or not 0 <= alpha < 1:
        raise ValueError(
            f"shapes {theta.shape}, {gradient.shape}, {v.shape}, alpha {alpha}"
        )
    v = alpha * v + (1 - alpha) * gradient**2
    return theta - lr * gradient / (v**0.5 + eps), v


def against_torch(runs=100, steps=10):
    """Return the largest difference of random runs from torch.optim.RMSprop."""
    off = 0.0
    for _ in range(runs):
        lr, alpha, eps = torch.rand(3).tolist()
        theta, v = torch.randn(2, 3), torch.zeros(2, 3)  # (H, W) each
        weight = theta.clone().requires_grad_()  # (H, W)
        rmsprop = torch.optim.RMSprop([weight], lr, alpha, eps)
        for _ in range(steps):
            weight.grad = torch.randn(2, 3)  # (H, W)
            theta, v = rmsprop_step(theta, weight.grad, v, lr, alpha, eps)
            rmsprop.step()
        off = max(off, (theta - weight).abs().max().item())
    return off


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
print("gradient          mean step, in lr   mean / root of (mean^2 + std^2)")
for mean, std in ((0.001, 0), (1, 0), (1000, 0), (1, 1), (1, 10), (0.001, 0.01)):
    theta, v = torch.zeros(2, 1000)  # (chains,) each
    for step in range(1000):
        if step == 500:  # the average of squares has filled up
            begin = theta.mean()
        theta, v = rmsprop_step(theta, mean + std * torch.randn(1000), v, 1.0)
    mean_step = (begin - theta.mean()) / 500
    predicted = mean / (mean**2 + std**2) ** 0.5
    print(f"{mean:5g} +- {std:<5g}{mean_step:14.1f}{predicted:28.1f}")
print(f"\n100 random runs against torch: off by {against_torch():.12f}")
