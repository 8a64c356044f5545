"""Other image sizes: a flattening head refuses them, a global mean takes any."""

import torch
from torch import nn


def network(head):
    """Return four halvings to 64 channels, and a head."""
    layers, inputs = [], 3
    for outputs in (8, 16, 32, 64):
        layers += [nn.Conv2d(inputs, outputs, 3, 2, 1), nn.ReLU()]
        inputs = outputs
    return nn.Sequential(*layers, *head)


torch.manual_seed(0)
heads = {
    "flatten": [nn.Flatten(), nn.Linear(64 * 14 * 14, 10)],
    "global mean": [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10)],
}
for name, head in heads.items():
    count = sum(w.numel() for layer in head for w in layer.parameters())
    print(f"{name}: {count:,} parameters")
    for height, width in ((224, 224), (256, 256), (97, 31), (16, 16)):
        try:
            says = tuple(network(head)(torch.randn(2, 3, height, width)).shape)
        except RuntimeError as error:
            says = str(error)
        print(f"  {height:3d} x {width:<3d}  {says}")
