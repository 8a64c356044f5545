"""Seven ways from 64 maps to 32 of twice the size, by weights and by work."""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

up = nn.ConvTranspose2d
plain = {"stride": 2, "bias": False}
same = {"padding": 1, "bias": False}
nearest = nn.Upsample(scale_factor=2)
x = torch.zeros(1, 64, 24, 40)  # (N, C_in, H, W)
for name, *layers in (
    ("transposed, kernel 2", up(64, 32, 2, **plain)),
    ("transposed, kernel 3", up(64, 32, 3, padding=1, output_padding=1, **plain)),
    ("transposed, kernel 4", up(64, 32, 4, padding=1, **plain)),
    ("transposed, kernel 6", up(64, 32, 6, padding=2, **plain)),
    ("nearest, then 3 x 3", nearest, nn.Conv2d(64, 32, 3, **same)),
    ("3 x 3, then nearest", nn.Conv2d(64, 32, 3, **same), nearest),
    ("3 x 3, pixel shuffle", nn.Conv2d(64, 128, 3, **same), nn.PixelShuffle(2)),
):
    net = nn.Sequential(*layers)
    with FlopCounterMode(display=False) as counter:
        N, C, H, W = net(x).shape
    weights = sum(w.numel() for w in net.parameters())
    work = counter.get_total_flops() / 2 / (H * W)
    print(f"{name:<20}  {C, H, W}  {weights:6,} weights  {work:6,.0f} MACs a pixel")
