"""A network from a list of widths: one block, repeated, and the shapes on the way."""

import torch
from torch import nn


class Block(nn.Sequential):
    """Two 3x3 convolutions, the first with stride 2: (N, C, H, W) to half the size."""

    def __init__(self, inputs, outputs):
        super().__init__(
            nn.Conv2d(inputs, outputs, 3, stride=2, padding=1),
            nn.ReLU(),
            nn.Conv2d(outputs, outputs, 3, padding=1),
            nn.ReLU(),
        )


class ConvNet(nn.Module):
    """Stem, blocks, mean over positions, linear: (N, 3, H, W) to (N, classes)."""

    def __init__(
        self, widths=(32, 64, 128), classes=10
    ):  # a tuple: nobody can change it
        super().__init__()
        if not widths:
            raise ValueError(f"at least one width is needed, got {widths}")
        stem = nn.Conv2d(3, widths[0], 7, stride=2, padding=3)
        self.stem = nn.Sequential(stem, nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        inputs = (widths[0], *widths)
        self.blocks = nn.Sequential(*map(Block, inputs, widths))
        self.head = nn.Linear(widths[-1], classes)

    def forward(self, x):
        features = self.blocks(self.stem(x))  # (N, C, H / 32, W / 32), for three blocks
        return self.head(features.mean(dim=(2, 3)))  # (N, classes)


network = ConvNet()
x = torch.randn(10, 3, 128, 160)  # (N, C, H, W)
print(f"{'input':<10}{tuple(x.shape)}")
for part in (network.stem, *network.blocks):
    x = part(x)
    print(f"{'block' if isinstance(part, Block) else 'stem':<10}{tuple(x.shape)}")
x = x.mean(dim=(2, 3))
print(f"{'mean':<10}{tuple(x.shape)}\n{'scores':<10}{tuple(network.head(x).shape)}")
