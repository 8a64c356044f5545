"""Five stems: what they make of an image of 224 x 224, and at what cost."""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def conv(inputs, outputs, kernel, stride):
    padding = 0 if kernel == stride else kernel // 2
    return nn.Conv2d(inputs, outputs, kernel, stride, padding)


POOL = nn.MaxPool2d(3, 2, 1)
STEMS = {
    "7x7 / 2, max pooling": [conv(3, 64, 7, 2), POOL],
    "three 3x3, max pooling": [
        conv(3, 32, 3, 2),
        conv(32, 32, 3, 1),
        conv(32, 64, 3, 1),
        POOL,
    ],
    "patches of 4 (ConvNeXt)": [conv(3, 96, 4, 4)],
    "patches of 16 (ViT)": [conv(3, 768, 16, 16)],
    "3x3 at full size (VGG)": [conv(3, 64, 3, 1), conv(64, 64, 3, 1)],
}


def first(number):
    return number[0] if isinstance(number, tuple) else number


def field(layers):
    """Return how many pixels in a row an output depends on."""
    size, stride = 1, 1
    for layer in layers:
        size += (first(layer.kernel_size) - 1) * stride
        stride *= first(layer.stride)
    return size


print("stem                      output              weights   MACs, millions   field")
for name, layers in STEMS.items():
    stem = nn.Sequential(*layers).to("meta")
    with FlopCounterMode(display=False) as flops:
        y = stem(torch.empty(1, 3, 224, 224, device="meta"))  # (N, C, H, W)
    weights = sum(w.numel() for w in stem.parameters())
    macs = flops.get_total_flops() / 2e6
    print(f"{name:<26}{tuple(y.shape)!s:<19}{weights:8,}{macs:17.0f}{field(layers):8d}")
