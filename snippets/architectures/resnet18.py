"""ResNet-18, whole: stem, four stages of two blocks, global mean, one linear layer."""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def conv(inputs, outputs, size, stride=1):
    """Return a convolution without bias, and its norm."""
    layer = nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False)
    return [layer, nn.BatchNorm2d(outputs)]


class Block(nn.Module):
    """relu(shortcut(x) + f(x)): (N, inputs, H, W) to outputs, H and W over stride."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        first, second = conv(inputs, outputs, 3, stride), conv(outputs, outputs, 3)
        self.branch = nn.Sequential(*first, nn.ReLU(), *second)
        fits = inputs == outputs and stride == 1
        change = [] if fits else conv(inputs, outputs, 1, stride)
        self.shortcut = nn.Sequential(*change)

    def forward(self, x):
        return (self.shortcut(x) + self.branch(x)).relu()


def resnet18(classes=1000):
    """Return the parts of the network. Source: He et al. 2015, table 1."""
    stem = nn.Sequential(*conv(3, 64, 7, 2), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
    stages, inputs = [], 64
    for outputs in (64, 128, 256, 512):
        stride = 1 if outputs == 64 else 2
        blocks = Block(inputs, outputs, stride), Block(outputs, outputs, 1)
        stages.append(nn.Sequential(*blocks))
        inputs = outputs
    head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(512, classes))
    return nn.Sequential(stem, *stages, head)


with torch.device("meta"):
    network, x = resnet18(), torch.empty(2, 3, 224, 224)  # x: (N, C, H, W)
print("part      output                parameters   MACs for an image")
all_parameters = all_macs = 0
for name, part in zip(("stem", *"1234", "head"), network, strict=True):
    with FlopCounterMode(display=False) as flops:
        x = part(x)
    macs = flops.get_total_flops() // 2 // 2  # a MAC is two FLOPs; two images
    parameters = sum(w.numel() for w in part.parameters())
    print(f"{name:<8}  {tuple(x.shape)!s:<20}{parameters:12,}{macs:20,}")
    all_parameters, all_macs = all_parameters + parameters, all_macs + macs
print(f"all{'':<27}{all_parameters:12,}{all_macs:20,}")
