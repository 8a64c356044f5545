"""Multi-head attention by hand: cut the width into heads, attend, join, project."""

import torch
import torch.nn.functional as F
from torch import nn


def multi_head(x, memory, w_in, b_in, w_out, b_out, heads, show=None):
    """Return the output (N, L, D) and the weights (N, heads, L, S).

    x: (N, L, D), asks. memory: (N, S, D), is looked at; the same as x in
    self-attention. w_in: (3D, D), for queries, keys and values; w_out: (D, D).
    Shapes that don't fit: ValueError. Source: Vaswani et al. 2017, section 3.2.2.
    """
    N, _, D = x.shape
    if memory.shape[0] != N or memory.shape[2] != D or D % heads:
        raise ValueError(f"{heads} heads over {tuple(x.shape)}, {tuple(memory.shape)}")
    if w_in.shape != (3 * D, D) or w_out.shape != (D, D):
        raise ValueError(
            f"width {D}, weights {tuple(w_in.shape)}, {tuple(w_out.shape)}"
        )
    projections = zip((x, memory, memory), w_in.chunk(3), b_in.chunk(3), strict=True)
    q, k, v = (F.linear(*each) for each in projections)  # (N, L or S, D)
    q, k, v = (
        z.unflatten(2, (heads, D // heads)).transpose(1, 2)  # (N, heads, L or S, E)
        for z in (q, k, v)
    )
    scores = q @ k.transpose(2, 3) / (D // heads) ** 0.5  # (N, heads, L, S)
    weights = scores.softmax(dim=3)  # (N, heads, L, S)
    mixed = weights @ v  # (N, heads, L, E)
    joined = mixed.transpose(1, 2).flatten(2)  # (N, L, D)
    if show:
        show(queries=q, keys=k, scores=scores, mixed=mixed, joined=joined)
    return F.linear(joined, w_out, b_out), weights


def shapes(**arrays):
    for name, array in arrays.items():
        print(f"{name:<10}{tuple(array.shape)}")


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x, memory = torch.randn(2, 5, 12), torch.randn(2, 7, 12)  # (N, L, D), (N, S, D)
layer = nn.MultiheadAttention(embed_dim=12, num_heads=3, batch_first=True)
parts = (layer.in_proj_weight, layer.in_proj_bias, *layer.out_proj.parameters())

shapes(x=x, memory=memory)
output, weights = multi_head(x, memory, *parts, heads=3, show=shapes)
shapes(output=output)
theirs, their_weights = layer(x, memory, memory, average_attn_weights=False)
print(f"\ndifference from torch: output  {(output - theirs).abs().max():.12f}")
print(f"                       weights {(weights - their_weights).abs().max():.12f}")
for heads in (1, 3, 12):
    layer = nn.MultiheadAttention(12, heads)
    count = sum(weight.numel() for weight in layer.parameters())
    print(f"{heads:2d} heads: {count} parameters = 4D^2 + 4D")
