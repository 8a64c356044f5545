"""Where the work goes: R-CNN, Fast R-CNN, Faster R-CNN and one stage, on VGG-16."""

import itertools

import torch
from torch import nn


def macs(network, *shape):
    """Return the multiply-accumulates of a stack of layers on an input of a shape."""
    x, total = torch.empty(shape, device="meta"), 0  # shapes without numbers
    for layer in network.to("meta"):
        x = layer(x)
        if hasattr(layer, "weight"):
            total += x.numel() * layer.weight[0].numel()  # for each output, its filter
    return total


trunk, channels = nn.Sequential(), 3
stages = (2, 64), (2, 128), (3, 256), (3, 512), (3, 512)  # layers, channels
for stage, (layers, width) in enumerate(stages):
    if stage:
        trunk.append(nn.MaxPool2d(2))  # none after the last: stride 16
    for _ in range(layers):
        trunk.extend([nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()])
        channels = width
sizes = [512 * 7 * 7, 4096, 4096, 21 + 4 * 21]  # per region, 20 classes and background
pairs = itertools.pairwise(sizes)
head = nn.Sequential(*[nn.Linear(*pair, device="meta") for pair in pairs])
proposals = nn.Sequential(nn.Conv2d(512, 512, 3, padding=1), nn.Conv2d(512, 9 * 5, 1))
dense = nn.Sequential(nn.Conv2d(512, 9 * (21 + 4), 3, padding=1))  # 9 anchors a cell

image, crop = macs(trunk, 1, 3, 600, 1000), macs(trunk, 1, 3, 224, 224)
region = macs(head, 1, 512 * 7 * 7)
everywhere = macs(proposals, 1, 512, 37, 62)
rows = {
    "R-CNN, 2000 regions": (2000 * crop, 0, 2000 * region),
    "Fast R-CNN, 2000 regions": (image, 0, 2000 * region),
    "Faster R-CNN, 300 regions": (image, everywhere, 300 * region),
    "one stage, 20646 anchors": (image, macs(dense, 1, 512, 37, 62), 0),
}
print("10^9 multiply-accumulates    trunk   at each position   per region   together")
for name, parts in rows.items():
    a, b, c = (part / 1e9 for part in parts)
    print(f"{name:<25}{a:9.0f}{b:19.0f}{c:13.0f}{a + b + c:11.0f}")
