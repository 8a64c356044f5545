"""A solution: what a unit varies by reaches all outputs, each through its weight."""

import itertools

import torch
from torch import nn


def covariance(layer, x, p):
    """Return the covariance matrix (K, K) of layer(dropout(x)) over all masks.

    layer: nn.Linear from D to K; x: (D,), fixed; p: the probability of dropping.
    """
    variances = p / (1 - p) * x.square()  # (D,): of the inputs, independent
    return layer.weight * variances @ layer.weight.mT  # (K, K)


# The check
torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=2, sci_mode=False)
wrong = ""
for D, K, p in ((3, 2, 0.5), (4, 4, 0.2), (6, 3, 0.8), (5, 2, 0.0), (1, 3, 0.4)):
    layer, x = nn.Linear(D, K).requires_grad_(False), 1 + torch.randn(D)  # x: (D,)
    masks = torch.tensor(list(itertools.product((0.0, 1.0), repeat=D)))  # (2^D, D)
    chances = torch.where(masks == 0, p, 1 - p).prod(1)  # (2^D,)
    expected = torch.cov(layer(masks * x / (1 - p)).mT, correction=0, aweights=chances)
    answer = covariance(layer, x, p)
    if not isinstance(answer, torch.Tensor) or answer.shape != (K, K):
        got = getattr(answer, "shape", answer)
        wrong = f"not yet: D {D}, K {K}: expected shape {(K, K)}, got {got}"
        break
    if not (answer - expected).abs().max() <= 1e-8:
        wrong = f"not yet: D {D}, K {K}, p {p}: expected\n{expected}\ngot\n{answer}"
        break
print(wrong or "right: five layers agree with the average over all masks")
