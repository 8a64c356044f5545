"""A stack of blocks is a sum over paths, and short ones carry the gradient."""

from math import comb

import torch


def by_length(jacobians):
    """Return the part of the product of I + J that is due to paths of each length.

    jacobians: (blocks, D, D), the first block first. Returns (blocks + 1, D, D): entry
    k is the sum of all products of k of the J, in order. Source: Veit et al. 2016.
    """
    blocks, size, _ = jacobians.shape
    parts = torch.zeros(blocks + 1, size, size).to(jacobians)
    parts[0] = torch.eye(size)
    for jacobian in jacobians:
        parts[1:] = parts[1:] + jacobian @ parts[:-1]
    return parts


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
BLOCKS, SIZE = 50, 100
for scale in (1.0, BLOCKS**-0.5):
    jacobians = scale * torch.randn(BLOCKS, SIZE, SIZE) / SIZE**0.5
    parts = by_length(jacobians)  # (BLOCKS + 1, SIZE, SIZE)
    whole = torch.eye(SIZE)
    for jacobian in jacobians:
        whole = (torch.eye(SIZE) + jacobian) @ whole
    off = ((parts.sum(0) - whole).norm() / whole.norm()).item()
    share = parts.square().sum(dim=(1, 2))  # (BLOCKS + 1,)
    share = share / share.sum()
    reach = (share.cumsum(0) < 0.95).sum().item()
    mean = (share * torch.arange(BLOCKS + 1)).sum().item()
    print(f"branches of size {scale:.2f}: sum of paths off by {off:.12f}")
    print(f"  mean length {mean:.1f} of 50; 95 % of the square in paths up to {reach}")

print(
    "\npaths by length:  "
    + "  ".join(f"{k}: {comb(50, k):.0e}" for k in (0, 1, 5, 25, 50))
)
