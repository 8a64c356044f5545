"""Three bilinears: F.interpolate as it comes, its corners, nn.UpsamplingBilinear2d."""

import torch
import torch.nn.functional as F
from torch import nn

row = torch.tensor([[[[0.0, 1.0]]]])  # (N, C, H, W)
for align in (False, True):
    y = F.interpolate(row, size=(1, 4), mode="bilinear", align_corners=align)
    values = "".join(f"{v:6.2f}" for v in y.flatten().tolist())
    print(f"0, 1 to four pixels, align_corners={align!s:<6}{values}")

torch.manual_seed(0)
x = torch.rand(2, 3, 4, 5, dtype=torch.float64)  # (N, C, H, W)
layer = nn.UpsamplingBilinear2d(scale_factor=2)(x)  # (N, C, 2 H, 2 W)
print("\nF.interpolate(x, scale_factor=2, ...)   off from nn.UpsamplingBilinear2d")
for options in (
    {},
    {"mode": "bilinear"},
    {"mode": "bilinear", "align_corners": True},
):
    off = (F.interpolate(x, scale_factor=2, **options) - layer).abs().max()
    name = ", ".join(f"{key}={value}" for key, value in options.items())
    print(f"{name or 'no mode: nearest':<40}{off:.3f}")

print("\na dot at place 8 of 0 to 32, five times up by 2 and down by 2")
for up, down in ((False, False), (True, True), (True, False)):
    x = torch.zeros(1, 1, 33).double()  # (N, C, L)
    x[0, 0, 8] = 1
    for _ in range(5):
        x = F.interpolate(x, size=66, mode="linear", align_corners=up)
        x = F.interpolate(x, size=33, mode="linear", align_corners=down)
    center = (x[0, 0] * torch.arange(33)).sum() / x.sum()
    print(f"align_corners={up!s:<6}up, {down!s:<6}down: center of mass {center:.2f}")
