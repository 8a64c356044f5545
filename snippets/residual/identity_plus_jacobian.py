"""Backward through a block: the gradient as it came, plus what the branch adds."""

import torch
from torch import nn
from torch.func import jacrev


def block_backward(gradient, x, branch):
    """Return dL/dx of y = x + branch(x), from dL/dy: (D,), (D,) to (D,).

    The gradient times I + J, with J (D, D) the Jacobian of the branch. Another shape
    of the branch's output: ValueError. Source: He et al. 2016, equation 5.
    """
    if branch(x).shape != x.shape:
        shapes = tuple(x.shape), tuple(branch(x).shape)
        raise ValueError(f"x and branch(x) must have one shape, got {shapes}")
    return gradient + gradient @ jacrev(branch)(x)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
blocks = [nn.Sequential(nn.Linear(6, 9), nn.Tanh(), nn.Linear(9, 6)) for _ in range(12)]
h = [torch.randn(6, requires_grad=True)]  # (D,) each
for branch in blocks:
    h.append(h[-1] + branch(h[-1]))
last = torch.randn(6)  # dL/dh at the end
theirs = torch.autograd.grad(h[-1] @ last, h)

gradient = last
print("through blocks   off from autograd   norm   share along dL/dh at the end")
for n in range(11, -1, -1):
    gradient = block_backward(gradient, h[n], blocks[n])  # (D,)
    if n % 3 == 0:
        off = (gradient - theirs[n]).abs().max()
        along = nn.functional.cosine_similarity(gradient, last, dim=0)
        print(f"{12 - n:14d}{off:20.12f}{gradient.norm():7.2f}{along:31.2f}")
