"""Dropout in attention drops weights after the softmax: rows no longer sum to 1."""

import torch
from torch import nn

torch.manual_seed(0)
attention = nn.MultiheadAttention(8, 2, dropout=0.2, batch_first=True)
x = torch.randn(500, 6, 8)  # (N, L, D)

for name, training in (("training", True), ("evaluation", False)):
    attention.train(training)
    with torch.no_grad():
        _, weights = attention(x, x, x, average_attn_weights=False)  # (N, heads, L, L)
    sums, zeros = weights.sum(-1), (weights == 0).double().mean()  # (N, heads, L), ()
    print(f"{name:<10}  zeros {zeros:.1f}", end="  ")
    print(f"sum of a row: mean {sums.mean():.2f}, std {sums.std():.2f}")
