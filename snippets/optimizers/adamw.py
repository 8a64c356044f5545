"""AdamW against torch, and what becomes of weights whose gradients are only noise."""

import torch


def adamw_step(
    theta, gradient, state, lr, betas=(0.9, 0.999), eps=1e-8, decay=0.01, coupled=False
):
    """Return theta and the state (m, v, t) after one step; it starts at (0, 0, 0).

    theta, gradient: of one shape, or ValueError. coupled adds the decay to the
    gradient, as Adam's weight_decay does. Source: Loshchilov and Hutter 2017.
    """
    if theta.shape != gradient.shape or decay < 0:
        raise ValueError(f"theta {theta.shape}, gradient {gradient.shape}, {decay}")
    if coupled:
        gradient = gradient + decay * theta
    else:
        theta = theta * (1 - lr * decay)
    m, v, t = state[0], state[1], state[2] + 1
    m = betas[0] * m + (1 - betas[0]) * gradient
    v = betas[1] * v + (1 - betas[1]) * gradient**2
    root = (v / (1 - betas[1] ** t)) ** 0.5
    return theta - lr * m / (1 - betas[0] ** t) / (root + eps), (m, v, t)


def against_torch(optimizer, coupled, runs=50, steps=10):
    """Return the largest difference of random runs from Adam or AdamW of torch."""
    off = 0.0
    for _ in range(runs):
        lr, b_1, b_2, eps, decay = torch.rand(5).tolist()
        theta, state = torch.randn(2, 3), (0, 0, 0)  # (H, W)
        weight = theta.clone().requires_grad_()  # (H, W)
        adam = optimizer([weight], lr, (b_1, b_2), eps, decay)
        for _ in range(steps):
            weight.grad = torch.randn(2, 3)  # (H, W)
            rest = (state, lr, (b_1, b_2), eps, decay, coupled)
            theta, state = adamw_step(theta, weight.grad, *rest)
            adam.step()
        off = max(off, (theta - weight).abs().max().item())
    return off


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
scale = torch.tensor([0.01, 1, 100])[:, None]  # (D, 1)
print("weights of 1 after 1000 steps, decay 0.5; gradients of std   0.01     1   100")
for name, coupled in (("AdamW", False), ("Adam with weight_decay", True)):
    theta, state = torch.ones(3, 1000), (0, 0, 0)  # (D, chains)
    for _ in range(1000):
        noise = scale * torch.randn(3, 1000)  # (D, chains)
        theta, state = adamw_step(theta, noise, state, 1e-3, decay=0.5, coupled=coupled)
    print(f"{name:<56}", *(f"{mean:6.1f}" for mean in theta.mean(dim=1)), sep="")
off = against_torch(torch.optim.AdamW, False), against_torch(torch.optim.Adam, True)
print(f"\n100 random runs against torch: off by {max(off):.12f}")
