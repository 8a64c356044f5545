"""Muon steps by a matrix whose singular values are all near 1."""

import torch


def orthogonalize(matrix, steps=5):
    """Return a matrix (H, W) with the singular vectors of `matrix`, values near 1.

    The values s are scaled below 1, then s <- 3.4445 s - 4.775 s^3 + 2.0315 s^5 in each
    step. Another number of axes: ValueError. Source: Jordan et al. 2024, Muon.
    """
    if matrix.ndim != 2:
        raise ValueError(f"Muon is for matrices, got shape {tuple(matrix.shape)}")
    x = matrix / matrix.norm().clamp(min=1e-7)  # (H, W)
    x = x.T if matrix.shape[0] > matrix.shape[1] else x  # the smaller Gram matrix
    for _ in range(steps):
        gram = x @ x.T
        x = 3.4445 * x + (-4.775 * gram + 2.0315 * gram @ gram) @ x
    return x.T if matrix.shape[0] > matrix.shape[1] else x


def muon_step(theta, gradient, v, lr, mu=0.95, decay=0.1):
    """Return theta (H, W) and the average of gradients v after one step; v starts at 0.

    With Nesterov momentum and decoupled decay, as torch.optim.Muon by default.
    """
    v = mu * v + (1 - mu) * gradient
    update = orthogonalize((1 - mu) * gradient + mu * v)  # (H, W)
    scale = max(1, theta.shape[0] / theta.shape[1]) ** 0.5
    return theta * (1 - lr * decay) - lr * scale * update, v


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
theta, v = torch.randn(6, 4), torch.zeros(6, 4)  # (H, W)
weight = theta.clone().requires_grad_()  # (H, W)
muon = torch.optim.Muon([weight], lr=0.1)
for _ in range(10):
    weight.grad = torch.randn(6, 4)  # (H, W)
    theta, v = muon_step(theta, weight.grad, v, lr=0.1)
    muon.step()
off = (theta - weight).abs().max().item()
print(f"10 steps against torch, which computes in bfloat16: off by {off:.2f}\n")

u, _ = torch.linalg.qr(torch.randn(6, 4))  # (H, W)
w, _ = torch.linalg.qr(torch.randn(4, 4))  # (W, W)
values = torch.tensor([1, 0.1, 0.05, 0.02])  # (W,)
gradient = u * values @ w.T  # (H, W)
print("singular values of          largest          smallest")
for name, matrix in {
    "the gradient": gradient,
    "the first step of Adam": gradient.sign(),
    "the first step of Muon": orthogonalize(gradient),
}.items():
    row = "".join(f"{s:7.2f}" for s in torch.linalg.svdvals(matrix))
    print(f"{name:<24}{row}")
