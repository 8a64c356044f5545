"""Nesterov momentum as published, with a gradient further on, and as torch has it."""

import torch


def nesterov_step(theta, gradient, v, lr, mu):
    """Return theta and v after one step, in torch's form; v is None before the first.

    theta, gradient, v: of one shape. Other shapes, or mu outside (0, 1): ValueError.
    Source: the documentation of torch.optim.SGD, nesterov=True.
    """
    if theta.shape != gradient.shape or not 0 < mu < 1:
        raise ValueError(f"theta {theta.shape}, gradient {gradient.shape}, mu {mu}")
    v = gradient if v is None else mu * v + gradient
    return theta - lr * (gradient + mu * v), v


def look_ahead_step(phi, gradient_at, v, lr, mu):
    """Return phi and v after one step, as Sutskever et al. 2013 write it in section 2.

    The gradient is taken where the old velocity alone would lead. Here v counts in
    gradients, so that their velocity is -lr * v.
    """
    v = mu * v + gradient_at(phi - lr * mu * v)
    return phi - lr * v, v


def gradient_at(point):
    """Return the gradient of a bent valley, (x^2 - y)^2 + x^2 / 10: (2,)."""
    x, y = point
    return torch.stack([4 * x * (x**2 - y) + 0.2 * x, 2 * (y - x**2)])


torch.set_default_dtype(torch.float64)
lr, mu = 0.03, 0.9
phi, ahead_v = torch.tensor([1.5, 0.5]), torch.zeros(2)  # (D,) each
theta, v = phi, None  # (D,)
weight = phi.clone().requires_grad_()  # (D,)
sgd = torch.optim.SGD([weight], lr, mu, nesterov=True)
print("step   published          look-ahead point   torch's parameter")
for step in range(1, 31):
    phi, ahead_v = look_ahead_step(phi, gradient_at, ahead_v, lr, mu)
    theta, v = nesterov_step(theta, gradient_at(theta), v, lr, mu)
    weight.grad = gradient_at(weight.detach())  # (D,)
    sgd.step()
    ahead = phi - lr * mu * ahead_v  # (D,)
    if step in (1, 2, 3, 10, 30):
        columns = [f"({x:6.3f}, {y:6.3f})" for x, y in (phi, ahead, weight.tolist())]
        print(f"{step:4d}   {'   '.join(columns)}")
print(f"\nthe formula against torch:      off by {(theta - weight).abs().max():.12f}")
print(f"look-ahead point against torch: off by {(ahead - weight).abs().max():.12f}")
