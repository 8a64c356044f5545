"""Attention alone does not see the order; added positions or a causal mask do."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
L, D = 6, 8
weights = torch.randn(3, D, D, dtype=torch.float64) / D**0.5  # queries, keys, values
x = torch.randn(L, D, dtype=torch.float64)  # (L, D)
positions = torch.randn(L, D, dtype=torch.float64)  # (L, D), one vector for each place
order = torch.tensor([3, 0, 5, 1, 4, 2])  # the tokens in another order


def attend(x, causal=False):
    """Return self-attention (L, D) of x (L, D)."""
    q, k, v = x @ weights  # (3, L, D)
    q, k, v = q[None], k[None], v[None]  # (1, L, D): a batch of one
    return F.scaled_dot_product_attention(q, k, v, is_causal=causal)[0]


for name, before, after in (
    ("tokens alone", attend(x), attend(x[order])),
    ("plus positions", attend(x + positions), attend(x[order] + positions)),
    ("causal mask", attend(x, True), attend(x[order], True)),
):
    off = (after - before[order]).abs().max()  # does each token get what it got before?
    print(f"{name:<16}largest change of a token's output: {off:.2f}")
