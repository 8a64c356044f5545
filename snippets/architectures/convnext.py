"""ConvNeXt-T: the four stages of a residual network, with the blocks of 2022."""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


class ChannelNorm(nn.LayerNorm):
    """Layer norm over the channels of each position: (N, C, H, W), unchanged."""

    def forward(self, x):
        return super().forward(x.movedim(1, -1)).movedim(-1, 1)


class Block(nn.Module):
    """x + scale f(x): (N, C, H, W), unchanged. Source: Liu et al. 2022, figure 4."""

    def __init__(self, channels):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Conv2d(channels, channels, 7, padding=3, groups=channels),
            ChannelNorm(channels, eps=1e-6),
            nn.Conv2d(channels, 4 * channels, 1),
            nn.GELU(),
            nn.Conv2d(4 * channels, channels, 1),
        )
        self.scale = nn.Parameter(torch.full((channels, 1, 1), 1e-6))

    def forward(self, x):
        return x + self.scale * self.branch(x)


def convnext_t(classes=1000):
    """Return the parts of the network: a stem, four stages and a head."""
    parts = [nn.Sequential(nn.Conv2d(3, 96, 4, 4), ChannelNorm(96, eps=1e-6))]
    inputs = 96
    for channels, blocks in ((96, 3), (192, 3), (384, 9), (768, 3)):
        halve = [ChannelNorm(inputs, eps=1e-6), nn.Conv2d(inputs, channels, 2, 2)]
        stage = [Block(channels) for _ in range(blocks)]
        parts.append(nn.Sequential(*(halve if channels > 96 else []), *stage))
        inputs = channels
    mean = [nn.AdaptiveAvgPool2d(1), ChannelNorm(768, eps=1e-6), nn.Flatten()]
    return nn.Sequential(*parts, nn.Sequential(*mean, nn.Linear(768, classes)))


with torch.device("meta"):
    network, x = convnext_t(), torch.empty(1, 3, 224, 224)  # x: (N, C, H, W)
print("part    output              parameters             MACs")
for name, part in zip(("stem", *"1234", "head"), network, strict=True):
    with FlopCounterMode(display=False) as flops:
        x = part(x)
    parameters = sum(w.numel() for w in part.parameters())
    macs = flops.get_total_flops() // 2
    print(f"{name:<7} {tuple(x.shape)!s:<18}{parameters:12,}{macs:17,}")
print(f"all{'':<23}{sum(w.numel() for w in network.parameters()):12,}")
