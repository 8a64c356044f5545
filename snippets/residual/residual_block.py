"""Three residual blocks: of 2015, with a bottleneck, and with the norms in front."""

import torch
from torch import nn


def conv(inputs, outputs, size):
    return nn.Conv2d(inputs, outputs, size, padding=size // 2, bias=False)


class Block(nn.Module):
    """relu(x + f(x)): (N, C, H, W), unchanged. Source: He et al. 2015, figure 5."""

    def __init__(self, *sizes_and_widths, channels):
        super().__init__()
        layers, inputs = [], channels
        for size, outputs in sizes_and_widths:
            layers += [conv(inputs, outputs, size), nn.BatchNorm2d(outputs), nn.ReLU()]
            inputs = outputs
        self.branch = nn.Sequential(*layers[:-1])  # no ReLU at its end

    def forward(self, x):
        return (x + self.branch(x)).relu()


class PreActivationBlock(nn.Module):
    """x + f(x), norms first: (N, C, H, W). Source: He et al. 2016, figure 1b."""

    def __init__(self, *sizes_and_widths, channels):
        super().__init__()
        parts, inputs = [], channels
        for size, outputs in sizes_and_widths:
            parts += [nn.BatchNorm2d(inputs), nn.ReLU(), conv(inputs, outputs, size)]
            inputs = outputs
        self.branch = nn.Sequential(*parts)

    def forward(self, x):
        return x + self.branch(x)


torch.manual_seed(0)
print("block                 parameters   branch from   output from   shape")
for name, block in {
    "basic": Block((3, 64), (3, 64), channels=64),
    "bottleneck": Block((1, 64), (3, 64), (1, 256), channels=256),
    "pre-activation": PreActivationBlock((3, 64), (3, 64), channels=64),
}.items():
    channels = 256 if name == "bottleneck" else 64
    x = torch.randn(2, channels, 7, 5)  # (N, C, H, W)
    size = sum(w.numel() for w in block.parameters())
    low, out = block.branch(x).min().item(), block(x)  # out: (N, C, H, W)
    print(
        f"{name:<20}{size:12,}{low:14.1f}{out.min().item():14.1f}   {tuple(out.shape)}"
    )
