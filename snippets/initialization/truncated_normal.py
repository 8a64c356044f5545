"""Cutting off a normal distribution shrinks it; torch's cuts are not in deviations."""

import math

import torch
from torch import nn


def truncated_std(std, low, high, mean=0.0):
    """Return the deviation of normal numbers that are drawn again outside [low, high].

    std, mean: those before the cut. low >= high, std <= 0, or cuts that keep less than
    a share of 1e-4: ValueError. Source: the density times z^2, integrated by parts.
    """
    if low >= high or std <= 0:
        raise ValueError(f"expected low < high, std > 0, got {low}, {high}, {std}")
    a, b = (low - mean) / std, (high - mean) / std
    height_a, height_b = (math.exp(-z * z / 2) / math.sqrt(2 * math.pi) for z in (a, b))
    kept = (math.erf(b / math.sqrt(2)) - math.erf(a / math.sqrt(2))) / 2
    if kept < 1e-4:
        raise ValueError(f"a share of {kept} lies between {low} and {high}")
    shift = (height_a - height_b) / kept
    return std * math.sqrt(1 + (a * height_a - b * height_b) / kept - shift**2)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
print("std      a, b           drawn  formula  largest")
factor = truncated_std(1.0, -2.0, 2.0)
for std, cut in ((1.0, 2.0), (0.02, 2.0), (0.02, 0.04), (0.02 / factor, 0.04 / factor)):
    w = nn.init.trunc_normal_(torch.empty(1000, 500), std=std, a=-cut, b=cut)
    drawn, largest = w.std(), w.abs().max()
    ours = truncated_std(std, -cut, cut)
    print(f"{std:.4f}   -{cut:.4f}, {cut:.4f}{drawn:8.4f}{ours:9.4f}{largest:9.2f}")

worst = 0.0
for _ in range(2_000):
    mean, std, a, b = (0.05 + torch.rand(4)).tolist()
    low, high = mean - 3 * a * std, mean + 3 * b * std
    w = nn.init.trunc_normal_(torch.empty(1_000), mean, std, low, high)
    ratio = w.std().item() / truncated_std(std, low, high, mean)
    worst = max(worst, abs(ratio - 1) * math.sqrt(2 * 1_000))
print(f"2,000 random cuts, none off by more than {math.ceil(worst)} standard errors")
