"""The backward pass of group norm by hand, checked against torch and by gradcheck."""

import torch
import torch.nn.functional as F


class GroupNorm(torch.autograd.Function):
    """Group norm of x (N, C, H, W) with gamma and beta (C,), forward and backward."""

    @staticmethod
    def forward(ctx, x, groups, gamma, beta, eps=1e-5):
        rows = x.reshape(len(x), groups, -1)  # (N, G, M), M = C/G * H * W
        std = (rows.var(-1, correction=0, keepdim=True) + eps).sqrt()  # (N, G, 1)
        x_hat = ((rows - rows.mean(-1, keepdim=True)) / std).reshape(x.shape)
        ctx.save_for_backward(x_hat, std, gamma)
        return gamma[:, None, None] * x_hat + beta[:, None, None]  # (N, C, H, W)

    @staticmethod
    def backward(ctx, dy):
        x_hat, std, gamma = ctx.saved_tensors
        dbeta = dy.sum((0, 2, 3))  # (C,)
        dgamma = (dy * x_hat).sum((0, 2, 3))  # (C,)
        # Gamma belongs to channels, the mean and std to groups: multiply, then regroup.
        g = (gamma[:, None, None] * dy).reshape(*std.shape[:2], -1)  # (N, G, M)
        h = x_hat.reshape(g.shape)  # (N, G, M)
        dx = g - g.mean(-1, keepdim=True) - h * (g * h).mean(-1, keepdim=True)
        return (dx / std).reshape(dy.shape), None, dgamma, dbeta, None


def gradients(function, inputs, dy):
    """Return what `function` sends back to x, gamma and beta, given dL/dy."""
    x, gamma, beta = (a.clone().requires_grad_() for a in inputs)
    return torch.autograd.grad(function(x, 2, gamma, beta), (x, gamma, beta), dy)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x, dy = torch.randn(2, 4, 6, 5, 3)  # (N, C, H, W), (N, C, H, W)
gamma, beta = torch.randn(2, 6)  # (C,), (C,)
inputs = (5 * x + 2, gamma, beta)

ours = gradients(GroupNorm.apply, inputs, dy)
theirs = gradients(F.group_norm, inputs, dy)
for name, a, b in zip(("dx", "dgamma", "dbeta"), ours, theirs, strict=True):
    off = (a - b).abs().max()
    print(f"{name:<6} {tuple(a.shape)!s:<12} difference from torch {off:.12f}")
x, gamma, beta = (a.clone().requires_grad_() for a in inputs)
print("gradcheck:", torch.autograd.gradcheck(GroupNorm.apply, (x, 2, gamma, beta)))

rows = (dy * F.group_norm(inputs[0], 2)).reshape(4 * 2, -1)  # (N * G, C/G * H * W)
print(f"dgamma from a layer norm of the {len(rows)} groups: {tuple(rows.sum(0).shape)}")
