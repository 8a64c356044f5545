"""nn.LSTM(dropout=) drops between layers only: not in one layer, not through time."""

import textwrap
import warnings

import torch
from torch import nn

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    single = nn.LSTM(5, 7, num_layers=1, dropout=0.5)
print(textwrap.fill(f"{caught[0].category.__name__}: {caught[0].message}", 80))

torch.manual_seed(0)
x = torch.randn(9, 3, 5)  # (L, N, D)
double = nn.LSTM(5, 7, num_layers=2, dropout=0.5)
for name, lstm in (("1 layer", single), ("2 layers", double)):
    output, (h, _) = lstm(x)  # (L, N, H), (layers, N, H)
    _, (again, _) = lstm(x)
    off = (h - again).abs().amax((1, 2))  # (layers,)
    states = ", ".join("differ" if value > 1e-6 else "agree" for value in off)
    print(f"{name:<8}  last states of two passes, by layer: {states}", end="  ")
    print(f"zeros in the output: {(output == 0).sum()}")
