"""Adam against torch, its first step, and what its second average estimates."""

import torch


def adam_step(theta, gradient, state, lr, betas=(0.9, 0.999), eps=1e-8):
    """Return theta and the state (m, v, t) after one step; it starts at (0, 0, 0).

    theta, gradient: of one shape. Other shapes, or a beta outside [0, 1): ValueError.
    Source: Kingma and Ba 2014, algorithm 1; torch.optim.Adam.
    """
    beta_1, beta_2 = betas
    if theta.shape != gradient.shape or not (0 <= beta_1 < 1 and 0 <= beta_2 < 1):
        raise ValueError(f"theta {theta.shape}, gradient {gradient.shape}, {betas}")
    m, v, t = state
    t = t + 1
    m = beta_1 * m + (1 - beta_1) * gradient
    v = beta_2 * v + (1 - beta_2) * gradient**2
    m_hat = m / (1 - beta_1**t)
    v_hat = v / (1 - beta_2**t)
    return theta - lr * m_hat / (v_hat**0.5 + eps), (m, v, t)


def against_torch(runs=100, steps=10):
    """Return the largest difference of random runs from torch.optim.Adam."""
    off = 0.0
    for _ in range(runs):
        lr, beta_1, beta_2, eps = torch.rand(4).tolist()
        theta, state = torch.randn(2, 3), (0, 0, 0)  # (H, W)
        weight = theta.clone().requires_grad_()  # (H, W)
        adam = torch.optim.Adam([weight], lr, (beta_1, beta_2), eps)
        for _ in range(steps):
            weight.grad = torch.randn(2, 3)  # (H, W)
            theta, state = adam_step(
                theta, weight.grad, state, lr, (beta_1, beta_2), eps
            )
            adam.step()
        off = max(off, (theta - weight).abs().max().item())
    return off


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
gradients = torch.tensor([1e-10, 1e-8, 1e-4, 1, 1e4])  # (D,)
theta, _ = adam_step(torch.zeros(5), gradients, (0, 0, 0), 0.01)
print("gradient               ", *(f"{g:>8.0e}" for g in gradients))
print("first step of lr 0.01  ", *(f"{-step:8.4f}" for step in theta))

theta, state = torch.zeros(2000), (0, 0, 0)  # (chains,)
for _ in range(500):
    theta, state = adam_step(theta, 3 + torch.randn(2000), state, 0.01)
m_hat, v_hat = state[0] / (1 - 0.9**500), state[1] / (1 - 0.999**500)
print("\ngradients of mean 3 and variance 1, after 500 steps:")
print(
    f"m_hat {m_hat.mean():.1f} (the mean), v_hat {v_hat.mean():.1f} (mean^2 + variance)"
)
print(f"\n100 random runs against torch: off by {against_torch():.12f}")
