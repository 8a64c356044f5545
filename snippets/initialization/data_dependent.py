"""Let a batch set the scale: divide each layer by the deviation of its outputs."""

from itertools import pairwise

import torch
from torch import nn


@torch.no_grad()
def lsuv(net, x):
    """Give the outputs of each linear layer of net deviation 1, for a batch x (N, D).

    From first to last: orthogonal weights, biases of 0, and then the weights divided by
    the deviation of what they put out. A layer that puts out one number: ValueError.
    Source: Mishkin and Matas 2015 (arXiv 1511.06422), algorithm 1; it repeats the
    division, of which one is enough here, because the biases are 0.
    """
    for n, layer in enumerate(net):
        if isinstance(layer, nn.Linear):
            nn.init.orthogonal_(layer.weight)
            nn.init.zeros_(layer.bias)
            deviation = layer(x).std()
            if not deviation > 0:
                raise ValueError(f"layer {n}: outputs of deviation {deviation}")
            layer.weight /= deviation
        x = layer(x)


@torch.no_grad()
def deviations(net, x):
    """Return the deviations of what the linear layers of net put out, as one line."""
    found = []
    for layer in net:
        x = layer(x)
        if isinstance(layer, nn.Linear):
            found.append(f"{x.std():8.2f}")
    return "".join(found)


torch.set_default_dtype(torch.float64)
widths = [30, 200, 50, 300, 80, 120, 5]
for activation in (nn.GELU, nn.Tanh, nn.Softplus):
    torch.manual_seed(0)
    x = 20 + 5 * torch.randn(256, 30)  # (N, D): neither centered nor scaled
    net = nn.Sequential()
    for inputs, outputs in pairwise(widths):
        net.extend([nn.Linear(inputs, outputs), activation()])
    print(f"{activation.__name__:<9} torch's own{deviations(net, x)}")
    lsuv(net, x)
    print(f"{activation.__name__:<9} LSUV       {deviations(net, x)}")
