"""A stack of linear layers is one linear layer, no wider than the narrowest."""

from itertools import pairwise

import torch
from torch import nn


def merge(layers):
    """Return W (n_out, n_in) and b (n_out,) of one layer that does what `layers` do.

    layers: modules nn.Linear with bias, in order. Sizes that do not follow: ValueError.
    """
    w, b = layers[0].weight, layers[0].bias
    for layer in layers[1:]:
        if layer.in_features != len(b):
            raise ValueError(f"{layer.in_features} inputs follow {len(b)} outputs")
        w, b = layer.weight @ w, layer.weight @ b + layer.bias
    return w.detach(), b.detach()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(100, 50)  # (N, D)
print("sizes            parameters  merged  rank   off   bends, linear and with ReLU")
for sizes in ((50, 40), (50, 60, 40), (50, 60, 70, 40), (50, 3, 40)):
    layers = [nn.Linear(n, m) for n, m in pairwise(sizes)]
    w, b = merge(layers)
    stack = nn.Sequential(*layers)
    off = (stack(x) - (x @ w.T + b)).abs().max()
    with_relu = nn.Sequential(*[m for layer in layers for m in (layer, nn.ReLU())][:-1])
    # A linear function takes the middle of two inputs to the middle of their outputs.
    bends = [
        (f((x[:50] + x[50:]) / 2) - (f(x[:50]) + f(x[50:])) / 2).square().mean().sqrt()
        for f in (stack, with_relu)
    ]
    count = sum(p.numel() for p in stack.parameters())
    rank = torch.linalg.matrix_rank(w)
    row = f"{count:11d}{w.numel() + b.numel():8d}{rank:6d}{off:8.4f}"
    print(f"{'-'.join(map(str, sizes)):<16}{row}{bends[0]:13.4f}{bends[1]:9.2f}")
