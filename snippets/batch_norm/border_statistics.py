"""Zero padding gives the border of a feature map other statistics than its middle."""

import torch
from torch import nn

torch.manual_seed(0)
images = torch.randn(256, 8, 12, 12).relu()  # (N, C, H, W): a mean above 0
y = nn.Conv2d(8, 64, 3, padding=1, bias=False)(images).detach()  # (N, K, H, W)

middle = y[:, :, 6, 6]  # (N, K)
for name, row, column in (("middle", 6, 6), ("edge", 0, 6), ("corner", 0, 0)):
    here = y[:, :, row, column]  # (N, K)
    moved = (here.mean(0) - middle.mean(0)).abs().mean() / middle.std(0).mean()
    print(f"{name:<7} variance {here.var(0).mean():.2f}", end=", ")
    print(f"mean moved by {moved:.1f} standard deviations")
