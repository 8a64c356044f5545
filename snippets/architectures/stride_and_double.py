"""Half the size and twice the channels: the same work, other weights and memory."""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def cost(layer, channels, size):
    """Return parameters, MACs and output numbers of a layer at size x size."""
    x = torch.empty(1, channels, size, size, device="meta")  # (N, C, H, W)
    with FlopCounterMode(display=False) as flops:
        y = layer(x)  # (N, C, H, W)
    parameters = sum(w.numel() for w in layer.parameters())
    return parameters, flops.get_total_flops() // 2, y.numel()


def conv(inputs, outputs, stride=1):
    return nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False, device="meta")


print("3x3 convolution                    weights         MACs    outputs")
for n in range(4):
    channels, size = 64 * 2**n, 56 // 2**n
    weights, macs, outputs = cost(conv(channels, channels), channels, size)
    name = f"{channels:3d} to {channels:3d} at {size} x {size}"
    print(f"{name:<30}{weights:12,}{macs:13,}{outputs:11,}")
    if n < 3:
        weights, macs, outputs = cost(conv(channels, 2 * channels, 2), channels, size)
        name = f"  {channels:3d} to {2 * channels:3d}, stride 2"
        print(f"{name:<30}{weights:12,}{macs:13,}{outputs:11,}")

print("\nfrom 64 channels at 56 x 56 to 128 at 28 x 28")
for name, layers in {
    "stride 2": [conv(64, 128, 2)],
    "stride 1, then max pooling": [conv(64, 128), nn.MaxPool2d(2)],
    "max pooling, then stride 1": [nn.MaxPool2d(2), conv(64, 128)],
}.items():
    weights, macs, outputs = cost(nn.Sequential(*layers), 64, 56)
    print(f"{name:<30}{weights:12,}{macs:13,}{outputs:11,}")
