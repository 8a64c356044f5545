"""A solution: the largest average replaces the latest, before the correction."""

import torch


def amsgrad_step(theta, gradient, m, v, largest, t, lr, betas=(0.9, 0.999), eps=1e-8):
    """Return theta, m, v and largest after step t = 1, 2, ...; all start at 0.

    Adam divides by the root of v; AMSGrad by that of the largest v so far.
    """
    m = betas[0] * m + (1 - betas[0]) * gradient
    v = betas[1] * v + (1 - betas[1]) * gradient**2
    largest = torch.maximum(largest, v)
    root = (largest / (1 - betas[1] ** t)).sqrt()
    theta = theta - lr * m / (1 - betas[0] ** t) / (root + eps)
    return theta, m, v, largest


# The check
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
state = (torch.ones(4), *torch.zeros(3, 4))  # theta, m, v, largest: (D,) each
weight = torch.ones(4, requires_grad=True)  # (D,)
adam = torch.optim.Adam([weight], lr=0.1, betas=(0.8, 0.9), amsgrad=True)
wrong = ""
for t in range(1, 101):
    weight.grad = torch.randn(4) * (50 if t == 20 else 1)  # (D,)
    adam.step()
    state = amsgrad_step(state[0], weight.grad, *state[1:], t, 0.1, (0.8, 0.9))
    if state is None or not torch.allclose(state[0], weight, rtol=0, atol=1e-10):
        got = None if state is None else f"{state[0][0]:.4f}"
        wrong = f"not yet: after step {t} torch has {weight[0]:.4f}, yours is {got}"
        break
print(wrong or "right: 100 steps agree with torch")
