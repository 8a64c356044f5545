"""One function written with more and more weights: what each penalty charges."""

import torch
from torch import nn


def penalties(weight):
    """Return how many weights are not 0, the sum of |w|, and half that of w^2."""
    return (weight != 0).sum().item(), weight.abs().sum().item(), weight.norm() ** 2 / 2


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
z = torch.randn(100, 1)  # (N, 1), one measurement
print("copies of the input   weights    L1      L2   output moved by")
for copies in (1, 2, 10, 100):
    x = z.repeat(1, copies)  # (N, copies)
    layer = nn.Linear(copies, 1, bias=False)
    nn.init.constant_(layer.weight, 1 / copies)
    number, l1, l2 = penalties(layer.weight.detach())
    off = (layer(x) - z).abs().max().item()
    print(f"{copies:19d}{number:10d}{l1:6.1f}{l2:8.3f}{off:18.12f}")
