"""Layer norm of sequences: each token by itself, whatever stands beside it."""

import torch
import torch.nn.functional as F
from torch import nn


def layer_norm(x, gamma, beta, eps=1e-5):
    """Normalize each token of x (N, L, D), then scale and shift its features.

    gamma, beta: (D,). Returns (N, L, D). Other shapes: ValueError.
    Source: Ba, Kiros and Hinton 2016 (arXiv 1607.06450), equations 3 and 4.
    """
    if x.ndim != 3 or not gamma.shape == beta.shape == x.shape[2:]:
        got = f"{tuple(x.shape)}, {tuple(gamma.shape)}, {tuple(beta.shape)}"
        raise ValueError(f"expected (N, L, D), (D,) and (D,), got {got}")
    mean = x.mean(-1, keepdim=True)  # (N, L, 1)
    variance = x.var(-1, correction=0, keepdim=True)  # (N, L, 1)
    return gamma * (x - mean) / torch.sqrt(variance + eps) + beta  # (N, L, D)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
N, L, D = 3, 5, 8
x = 2 + 3 * torch.randn(N, L, D)  # (N, L, D)
gamma, beta = torch.randn(2, D)  # (D,), (D,)
off = layer_norm(x, gamma, beta) - F.layer_norm(x, (D,), gamma, beta)
print(f"x {tuple(x.shape)}: {N * L} means, each of {D} values")
print(f"largest difference from torch: {off.abs().max():.12f}")

later = x.clone()
later[:, 3:] += torch.randn(N, L - 3, D)  # other words at the end of each sequence
for name, norm in (
    ("over D alone", nn.LayerNorm(D)),
    ("over L and D", nn.LayerNorm([L, D])),
):
    moved = (norm(later) - norm(x))[:, :3].abs().max()  # the tokens before
    print(f"{name}: later tokens move earlier ones by {moved:.2f}", end=", ")
    try:
        print("any length works", tuple(norm(x[:, :4]).shape))
    except RuntimeError:
        print(f"and only length {L} works")
