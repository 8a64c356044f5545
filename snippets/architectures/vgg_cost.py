"""VGG-16 stage by stage: parameters, activations and arithmetic lie in other places."""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def vgg16():
    """Return the layers of VGG-16. Source: Simonyan and Zisserman 2014, table 1, D."""
    layers, inputs = [], 3
    for channels, convolutions in ((64, 2), (128, 2), (256, 3), (512, 3), (512, 3)):
        for _ in range(convolutions):
            layers += [nn.Conv2d(inputs, channels, 3, padding=1), nn.ReLU(True)]
            inputs = channels
        layers.append(nn.MaxPool2d(2))
    layers += [nn.Flatten(), nn.Linear(512 * 7 * 7, 4096), nn.ReLU(True)]
    layers += [nn.Linear(4096, 4096), nn.ReLU(True), nn.Linear(4096, 1000)]
    return nn.Sequential(*layers)


with torch.device("meta"):  # shapes without memory
    network, x = vgg16(), torch.empty(1, 3, 224, 224)  # x: (N, C, H, W)
rows, row = [], [0, 0, 0]  # parameters, activations, MACs
for layer in network:
    with FlopCounterMode(display=False) as flops:
        x = layer(x)
    row[0] += sum(w.numel() for w in layer.parameters())
    row[2] += flops.get_total_flops() // 2
    if not isinstance(
        layer, (nn.ReLU, nn.Flatten)
    ):  # these need no memory of their own
        row[1] += x.numel()
    if isinstance(layer, (nn.MaxPool2d, nn.Linear)):  # the end of a stage
        rows.append((tuple(x.shape[1:]), *row))
        row = [0, 0, 0]

total = [sum(column) for column in list(zip(*rows, strict=True))[1:]]
print("output            parameters     %   activations     %            MACs     %")
for shape, *counts in [*rows, ("all", *total)]:
    cells = [f"{n:14,}{100 * n / t:6.1f}" for n, t in zip(counts, total, strict=True)]
    name = shape if shape == "all" else " x ".join(map(str, shape))
    print(f"{name:<14}{cells[0]}{cells[1]}{cells[2]:>22}")
weights, activations = (4 * count / 2**20 for count in total[:2])
print(f"\nfloat32: weights {weights:.0f} MiB, activations {activations:.0f} MiB")
pooled = total[0] - sum(row[1] for row in rows[5:]) + 512 * 1000 + 1000
print(f"one linear layer behind a global mean instead of three: {pooled:,} parameters")
