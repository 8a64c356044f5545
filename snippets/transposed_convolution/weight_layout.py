"""The weights have the input channels first; a wrong order can pass unnoticed."""

import torch
import torch.nn.functional as F
from torch import nn

for groups in (1, 2):
    down = nn.Conv2d(6, 4, (3, 5), groups=groups)
    up = nn.ConvTranspose2d(4, 6, (3, 5), groups=groups)
    for layer in (down, up):
        name = f"{type(layer).__name__}, {layer.in_channels} to {layer.out_channels}"
        print(f"{groups=}: {name:<24} weights {tuple(layer.weight.shape)}")

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(2, 4, 5, 7)  # (N, C_in, H, W)
w = torch.randn(4, 3, 3, 5)  # (C_in, C_out / groups, kH, kW)
whole = F.conv_transpose2d(x, w, stride=2, groups=2)  # (N, C_out, H_out, W_out)
pairs = zip(x.chunk(2, dim=1), w.chunk(2), strict=True)
halves = [F.conv_transpose2d(part, its_w, stride=2) for part, its_w in pairs]
off = (whole - torch.cat(halves, dim=1)).abs().max()
print(f"two groups are two layers side by side: difference {off:.12f}")

square = torch.randn(4, 4, 3, 5)  # (C_in, C_out, kH, kW), as many out as in
y = F.conv_transpose2d(x, square, stride=2)
swapped = F.conv_transpose2d(x, square.transpose(0, 1), stride=2)
off = (y - swapped).norm() / y.norm()
print(f"channel axes swapped: {tuple(y.shape)}, {tuple(swapped.shape)}", end=", ")
print(f"off by {off:.1f} of the output")
