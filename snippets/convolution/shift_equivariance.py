"""Shift the input and the output of a convolution shifts along; turn it, and not so."""

import torch
from torch import nn


def shift(x, rows, columns):
    """Return x (N, C, H, W) moved; what leaves at one side comes in at the other."""
    return x.roll((rows, columns), (2, 3))


def off_by(moved_then_layer, layer_then_moved):
    """Return the largest difference, which is 0 if the order does not matter."""
    return f"off by {(moved_then_layer - layer_then_moved).abs().max():.2f}"


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(2, 3, 12, 10)  # (N, C, H, W)
inside = nn.functional.pad(x[:, :, :6, :4], (1, 5, 1, 5))  # (N, C, H, W): 0 around it

flat = nn.Linear(3 * 12 * 10, 4 * 12 * 10)
dense = nn.Sequential(nn.Flatten(), flat, nn.Unflatten(1, (4, 12, 10)))
around = nn.Conv2d(3, 4, 3, padding=1, padding_mode="circular")
zeros = nn.Conv2d(3, 4, 3, padding=1)
print("shifted by 2 rows and 4 columns")
for name, layer, image in (
    ("dense layer", dense, x),
    ("convolution, circular padding", around, x),
    ("convolution, zero padding", zeros, x),
    ("the same, content inside", zeros, inside),
):
    print(f"  {name:<31}{off_by(layer(shift(image, 2, 4)), shift(layer(image), 2, 4))}")

turned = off_by(around(x.rot90(1, (2, 3))), around(x).rot90(1, (2, 3)))
print(f"turned by 90 degrees\n  {'convolution, circular padding':<31}{turned}")

strided = nn.Conv2d(3, 4, 3, stride=2, padding=1, padding_mode="circular")
print("stride 2, circular padding")
for rows, output_rows in ((2, 1), (1, 0), (1, 1)):
    difference = off_by(strided(shift(x, rows, 0)), shift(strided(x), output_rows, 0))
    print(f"  {f'input by {rows}, output by {output_rows}':<31}{difference}")
