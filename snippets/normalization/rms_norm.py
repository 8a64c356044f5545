"""RMSNorm by hand, forward and backward, and what it leaves of a mean."""

import torch
import torch.nn.functional as F


def rms_norm(x, gamma, eps):
    """Divide each vector of x (N, D) by its root mean square; scale by gamma (D,).

    Returns (N, D). Other shapes: ValueError.
    Source: Zhang and Sennrich 2019 (arXiv 1910.07467), equation 4; eps as in torch.
    """
    if x.ndim != 2 or gamma.shape != x.shape[1:]:
        got = f"{tuple(x.shape)} and {tuple(gamma.shape)}"
        raise ValueError(f"expected (N, D) and (D,), got {got}")
    return gamma * x / torch.sqrt(x.square().mean(-1, keepdim=True) + eps)


def rms_norm_backward(dy, x, gamma, eps):
    """From dL/dy (N, D), the gradients dL/dx (N, D) and dL/dgamma (D,)."""
    rms = torch.sqrt(x.square().mean(-1, keepdim=True) + eps)  # (N, 1)
    g, x_hat = gamma * dy, x / rms  # (N, D), (N, D)
    dx = (g - x_hat * (g * x_hat).mean(-1, keepdim=True)) / rms  # (N, D)
    return dx, (dy * x_hat).sum(0)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
N, D = 4, 256
x, dy = torch.randn(2, N, D)  # (N, D), (N, D)
gamma = torch.randn(D)  # (D,)
eps = torch.finfo(x.dtype).eps  # what eps=None stands for

tx, tgamma = (3 + 2 * x).requires_grad_(), gamma.clone().requires_grad_()
theirs = F.rms_norm(tx, (D,), tgamma)  # (N, D)
theirs.backward(dy)
dx, dgamma = rms_norm_backward(dy, 3 + 2 * x, gamma, eps)
for name, a, b in (
    ("y", rms_norm(3 + 2 * x, gamma, eps), theirs),
    ("dx", dx, tx.grad),
    ("dgamma", dgamma, tgamma.grad),
):
    off = (a - b).abs().max()
    print(f"{name:<6} {tuple(a.shape)!s:<8} off from torch by {off:.12f}")

unit = F.layer_norm(x, (D,), eps=0.0)  # (N, D)  mean 0, standard deviation 1
for shift in (0.0, 1.0, 10.0):
    y = F.rms_norm(unit + shift, (D,))  # (N, D)
    off = (y - F.layer_norm(unit + shift, (D,))).abs().max()
    moments = f"mean {y[0].mean() + 0:.2f}, std {y[0].std(correction=0):.2f}"
    print(f"x: mean {shift:4.1f}, std 1   RMSNorm: {moments}   off LayerNorm {off:.2f}")
