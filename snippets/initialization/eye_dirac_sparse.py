"""Three other starts: the identity, its convolution, and a matrix of mostly zeros."""

import math

import torch
from torch import nn


def sparse_std(rows, sparsity, std=0.01):
    """Return the root mean square of the entries of a matrix after nn.init.sparse_.

    In each column, ceil(sparsity * rows) of the `rows` entries are 0, the others normal
    with deviation std. No row, or a sparsity outside [0, 1]: ValueError.
    """
    if rows < 1 or not 0 <= sparsity <= 1:
        raise ValueError(f"expected rows >= 1, 0 <= sparsity <= 1: {rows}, {sparsity}")
    return std * math.sqrt(1 - math.ceil(sparsity * rows) / rows)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
linear = nn.Linear(5, 3, bias=False)
nn.init.eye_(linear.weight)
x = torch.randn(4, 5)  # (N, D)
print(f"eye_: the outputs are inputs 0, 1, 2: {torch.equal(linear(x), x[:, :3])}")

images = torch.randn(2, 6, 5, 4)  # (N, C, H, W)
for groups in (1, 2):
    conv = nn.Conv2d(6, 8, 3, padding=1, bias=False, groups=groups)
    nn.init.dirac_(conv.weight, groups)
    y = conv(images)  # (N, C, H, W)
    found = ["zero"] * 8
    for i in range(8):
        for j in range(6):
            if torch.equal(y[:, i], images[:, j]):
                found[i] = str(j)
    print(f"dirac_, groups={groups}: the outputs are inputs {', '.join(found)}")

weight = torch.empty(800, 900)  # (out, in)
nn.init.sparse_(weight, sparsity=0.9)
size, filled = weight.square().mean().sqrt(), weight != 0
print(f"sparse_: root mean square {size:.4f}, formula {sparse_std(800, 0.9):.4f}")
for name, axis in (("leave an input", 0), ("enter a unit", 1)):
    low, high = filled.sum(axis).aminmax()
    print(f"sparse_: the weights that {name} number {low} to {high}")
