"""Draw a ReLU network's weights by Kaiming's rule, and measure its layers' outputs."""

from itertools import pairwise

import torch
from torch import nn


def initialize(module):
    """Give a linear layer Kaiming's weights for ReLU, and biases of zero.

    For `net.apply(initialize)`, which calls it with every module of a network.
    """
    if isinstance(module, nn.Linear):
        nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        nn.init.zeros_(module.bias)


@torch.no_grad()
def sizes(net, x):
    """Return the root mean square of what each ReLU of net puts out for x (N, D)."""
    found = []
    for layer in net:
        x = layer(x)  # (N, width)
        if isinstance(layer, nn.ReLU):
            found.append(x.square().mean().sqrt().item())
    return found


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
widths = [64, 256, 256, 256, 256, 256, 256]
net = nn.Sequential()
for inputs, outputs in pairwise(widths):
    net.extend([nn.Linear(inputs, outputs), nn.ReLU()])
x = torch.randn(128, 64)  # (N, D)

print("layer         " + "".join(f"{n:6d}" for n in range(1, 7)))
print("torch's own   " + "".join(f"{size:6.2f}" for size in sizes(net, x)))
net.apply(initialize)
print("Kaiming       " + "".join(f"{size:6.2f}" for size in sizes(net, x)))
