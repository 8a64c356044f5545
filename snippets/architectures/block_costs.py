"""Five blocks for 256 channels at 14 x 14, and what each costs."""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def chain(*layers):
    """Return convolutions (inputs, outputs, kernel, groups), for 256 channels."""
    return nn.Sequential(
        *(
            nn.Conv2d(i, o, kernel, padding=kernel // 2, groups=groups, bias=False)
            for i, o, kernel, groups in layers
        )
    )


def moved(network, x):
    """Return the numbers read and written by all layers, weights included."""
    count = 0
    for layer in network:
        y = layer(x)
        count += x.numel() + y.numel() + layer.weight.numel()
        x = y
    return count


print(
    "block                        weights    MACs, millions   MACs for a number moved"
)
with torch.device("meta"):
    x = torch.empty(1, 256, 14, 14)  # (N, C, H, W)
    for name, layers in {
        "basic: 3x3, 3x3": [(256, 256, 3, 1)] * 2,
        "bottleneck": [(256, 64, 1, 1), (64, 64, 3, 1), (64, 256, 1, 1)],
        "depthwise separable": [(256, 256, 3, 256), (256, 256, 1, 1)],
        "inverted bottleneck": [
            (256, 1024, 1, 1),
            (1024, 1024, 3, 1024),
            (1024, 256, 1, 1),
        ],
        "ConvNeXt": [(256, 256, 7, 256), (256, 1024, 1, 1), (1024, 256, 1, 1)],
    }.items():
        network = chain(*layers)
        with FlopCounterMode(display=False) as flops:
            network(x)
        macs = flops.get_total_flops() // 2
        weights = sum(w.numel() for w in network.parameters())
        print(
            f"{name:<25}{weights:11,}{macs / 1e6:18.1f}{macs / moved(network, x):26.0f}"
        )
