"""Attention by hand: an average of the values for each query, weighted by fit."""

import math

import torch
import torch.nn.functional as F


def attention(query, key, value, mask=None):
    """Return the output (..., L, E_v) and the weights (..., L, S).

    query: (..., L, E), key: (..., S, E), value: (..., S, E_v). mask: (..., L, S) of
    bool, True where a query may look; a query that may look nowhere gets nan.
    Shapes that don't fit: ValueError. Source: Vaswani et al. 2017, equation 1.
    """
    (L, E), (S, E_v) = query.shape[-2:], value.shape[-2:]
    if key.shape[-2:] != (S, E) or S == 0:
        shape = tuple(key.shape[-2:])
        raise ValueError(f"query {L, E} and value {S, E_v} with key {shape}")
    if mask is not None and (mask.dtype, mask.shape[-2:]) != (torch.bool, (L, S)):
        raise ValueError(f"no bool mask {L, S}: {mask.dtype}, {tuple(mask.shape)}")
    scores = query @ key.transpose(-2, -1) / math.sqrt(E)  # (..., L, S)
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    weights = scores.softmax(dim=-1)  # (..., L, S)
    return weights @ value, weights


torch.manual_seed(0)
options = {"dtype": torch.float64, "requires_grad": True}
query = torch.randn(3, 4, **options)  # (L, E)
key = torch.randn(5, 4, **options)  # (S, E)
value = torch.randn(5, 2, **options)  # (S, E_v)
output, weights = attention(query, key, value)

print("query   weights of the 5 keys           sum   output")
for n in range(3):
    row = "".join(f"{w:6.2f}" for w in weights[n].tolist())
    out = "".join(f"{y:6.2f}" for y in output[n].tolist())
    print(f"{n:5d}{row}{weights[n].sum():8.2f}  {out}")

theirs = F.scaled_dot_product_attention(query, key, value)
upstream = torch.randn_like(output)  # (L, E_v)
inputs = (query, key, value)
ours = torch.autograd.grad(output, inputs, upstream)
gradients = torch.autograd.grad(theirs, inputs, upstream)
print(f"\nlargest difference from torch: {(output - theirs).abs().max():.12f}")
off = max((a - b).abs().max() for a, b in zip(ours, gradients, strict=True))
print(f"in the three gradients:        {off:.12f}")
