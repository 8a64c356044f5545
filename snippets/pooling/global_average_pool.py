"""Global average pooling: one mean a channel, in place of VGG's large dense layers."""

from itertools import pairwise

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(2, 512, 7, 7, dtype=torch.float64)  # (N, C, H, W)
pooled = nn.AdaptiveAvgPool2d(1)(x)  # (N, C, 1, 1)
off = (pooled[:, :, 0, 0] - x.mean(dim=(2, 3))).abs().max()
print(f"{tuple(x.shape)} -> {tuple(pooled.shape)}, off from the mean: {off:.12f}")


def count(*layers):
    return sum(w.numel() for layer in layers for w in layer.parameters())


with torch.device("meta"):  # shapes without memory
    vgg = [nn.Linear(512 * 7 * 7, 4096), nn.Linear(4096, 4096), nn.Linear(4096, 1000)]
    channels = [3, 64, 64, 128, 128, 256, 256, 256, 512, 512, 512, 512, 512, 512]
    convolutions = [nn.Conv2d(*pair, 3) for pair in pairwise(channels)]
    pooled_head = nn.Linear(512, 1000)
print(f"VGG-16, 13 convolutions:      {count(*convolutions):11,d} parameters")
print(f"VGG-16, first dense layer:    {count(vgg[0]):11,d}")
print(f"VGG-16, three dense layers:   {count(*vgg):11,d}")
print(f"global average, then 1000:    {count(pooled_head):11,d}")

head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, 10))
fixed = nn.Sequential(nn.Flatten(), nn.Linear(512 * 7 * 7, 10))
for size in ((7, 7), (9, 12)):
    x = torch.randn(1, 512, *size)  # (N, C, H, W)
    try:
        flattened = tuple(fixed(x).shape)
    except RuntimeError as error:
        flattened = str(error).split(" (")[0]
    print(f"{size!s:<8}pooled: {tuple(head(x).shape)}, flattened: {flattened}")
