"""A solution: split both axes, bring the patches forward, join the rest."""

import torch
from torch import nn


def patches(x, size):
    """Return the patches of images, row by row: (N, C, H, W) to (N, L, C size size).

    L = (H / size) (W / size); the numbers of a patch stand in the order C, row, column.
    """
    n, c, height, width = x.shape
    x = x.reshape(n, c, height // size, size, width // size, size)
    x = x.permute(0, 2, 4, 1, 3, 5)  # (N, H / size, W / size, C, size, size)
    return x.flatten(3).flatten(1, 2)


# The check
torch.manual_seed(0)
wrong = ""
for n, c, rows, columns, size in ((2, 3, 4, 5, 7), (1, 1, 2, 6, 3), (3, 4, 5, 2, 4)):
    conv = nn.Conv2d(c, 11, size, stride=size).double()
    x = torch.randn(n, c, rows * size, columns * size).double()  # (N, C, H, W)
    expected = conv(x).flatten(2).mT  # (N, L, 11)
    cut = patches(x, size)
    shape = (n, rows * columns, c * size * size)
    if cut is None or tuple(cut.shape) != shape:
        got = None if cut is None else tuple(cut.shape)
        wrong = wrong or f"not yet: expected the shape {shape}, got {got}"
        continue
    ours = nn.functional.linear(cut, conv.weight.flatten(1), conv.bias)  # (N, L, 11)
    off = (ours - expected).abs().max().item()
    if off > 1e-9:
        wrong = (
            wrong or f"not yet: expected the convolution's outputs, got {off:.2f} off"
        )
print(wrong or "right: a linear layer on patches is a convolution with kernel = stride")
