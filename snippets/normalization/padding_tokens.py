"""Padding a sequence with zeros: which norms let that change the real tokens."""

import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
L, D, padding = 5, 6, 3
sentence = 1 + torch.randn(1, L, D)  # (N, L, D)
zeros = torch.zeros(1, padding, D)  # (N, padding, D)
padded = torch.cat([sentence, zeros], dim=1)  # (N, L + padding, D)


def channels_first(norm):
    """Apply a norm that wants (N, C, L) to tokens (N, L, D)."""
    return lambda x: norm(x.mT).mT


norms = {
    "LayerNorm(D)": nn.LayerNorm(D),
    "RMSNorm(D)": nn.RMSNorm(D),
    "GroupNorm(2, D)": channels_first(nn.GroupNorm(2, D)),
    "InstanceNorm1d(D)": channels_first(nn.InstanceNorm1d(D)),
    "BatchNorm1d(D)": channels_first(nn.BatchNorm1d(D)),
}
for name, norm in norms.items():
    moved = (norm(padded)[:, :L] - norm(sentence)).abs().max()
    print(f"{name:<18} {padding} zero tokens move the real ones by {moved:.2f}")

layer = nn.LayerNorm(D)
nn.init.constant_(layer.bias, 0.5)
low, high = layer(zeros).min(), layer(zeros).max()
print(f"with beta 0.5, a zero token leaves LayerNorm as {low:.1f} to {high:.1f}")
