"""What the four padding modes put around the input, and what an average makes of it."""

import torch
import torch.nn.functional as F
from torch import nn

row = torch.arange(1.0, 6.0, dtype=torch.float64)[None, None]  # (N, C, L)
ones = torch.ones(1, 1, 5, dtype=torch.float64)  # (N, C, L)
third = torch.full((1, 1, 3), 1 / 3, dtype=torch.float64)  # (C_out, C, k): an average
torch.manual_seed(0)
x = torch.randn(2, 3, 6, 7, dtype=torch.float64)  # (N, C, H, W)

print("padding_mode  1 to 5, padding 2    average of five ones      nn.Conv2d off by")
for mode in ("zeros", "reflect", "replicate", "circular"):
    name = "constant" if mode == "zeros" else mode  # what F.pad calls it
    padded = " ".join(f"{v:.0f}" for v in F.pad(row, (2, 2), name)[0, 0].tolist())
    means = F.conv1d(F.pad(ones, (1, 1), name), third)[0, 0].tolist()
    layer = nn.Conv2d(3, 4, 3, padding=(2, 1), padding_mode=mode, dtype=torch.float64)
    by_hand = F.conv2d(F.pad(x, (1, 1, 2, 2), name), layer.weight, layer.bias)
    off = (layer(x) - by_hand).abs().max()
    means = " ".join(f"{v:.2f}" for v in means)
    print(f"{mode:<13} {padded:<20} {means:<25} {off:.12f}")

for mode, most in (("reflect", 4), ("circular", 5)):
    for p in (most, most + 1):
        try:
            width = F.pad(row, (p, p), mode).shape[2]
            print(f"5 pixels, {mode}, padding {p}: {width} pixels")
        except RuntimeError:
            print(f"5 pixels, {mode}, padding {p}: refused")
