"""The backward pass of batch norm by hand, checked against torch and by gradcheck."""

import torch
import torch.nn.functional as F


class BatchNorm(torch.autograd.Function):
    """Batch norm of x (N, D) with gamma and beta (D,), forward and backward."""

    @staticmethod
    def forward(ctx, x, gamma, beta, eps=1e-5):
        std = (x.var(0, correction=0) + eps).sqrt()  # (D,)
        x_hat = (x - x.mean(0)) / std  # (N, D)
        ctx.save_for_backward(x_hat, std, gamma)
        return gamma * x_hat + beta  # (N, D)

    @staticmethod
    def backward(ctx, dy):
        x_hat, std, gamma = ctx.saved_tensors
        dbeta = dy.sum(0)  # (D,)
        dgamma = (dy * x_hat).sum(0)  # (D,)
        # Moving one x also moves the mean and the std: the two terms taken away.
        dx = gamma / std * (dy - dbeta / len(dy) - x_hat * dgamma / len(dy))  # (N, D)
        return dx, dgamma, dbeta, None


def gradients(function, inputs, dy):
    """Return what `function` sends back to its inputs, given dL/dy (N, D)."""
    copies = [a.clone().requires_grad_() for a in inputs]
    return torch.autograd.grad(function(*copies), copies, dy)


torch.manual_seed(0)
x, dy = torch.randn(2, 8, 3, dtype=torch.float64)  # (N, D), (N, D)
gamma, beta = torch.randn(2, 3, dtype=torch.float64)  # (D,), (D,)
inputs = (5 * x + 2, gamma, beta)

ours = gradients(BatchNorm.apply, inputs, dy)
theirs = gradients(lambda x, g, b: F.batch_norm(x, None, None, g, b, True), inputs, dy)
for name, a, b in zip(("dx", "dgamma", "dbeta"), ours, theirs, strict=True):
    off = (a - b).abs().max()
    print(f"{name:<6} {tuple(a.shape)!s:<6} difference from torch {off:.12f}")

leaves = [a.clone().requires_grad_() for a in inputs]
print("gradcheck:", torch.autograd.gradcheck(BatchNorm.apply, leaves))

dx = ours[0]
naive = gamma / (inputs[0].var(0, correction=0) + 1e-5).sqrt() * dy  # (N, D)
off = (naive - dx).norm() / dx.norm()
print(f"each column of dx sums to {dx.sum(0).abs().max():.12f}")
print(f"mean and std taken for constants: off by {off:.2f} of the gradient")
