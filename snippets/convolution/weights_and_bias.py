"""The shapes of weight and bias, and a bias of shape (C, 1) that lands on the rows."""

import numpy as np
from torch import nn

layer = nn.Conv2d(in_channels=3, out_channels=4, kernel_size=(5, 2))
print(f"weight {tuple(layer.weight.shape)}, bias {tuple(layer.bias.shape)}")

rng = np.random.default_rng(0)
weight = rng.normal(size=(4, 3, 5, 2))  # (C_out, C, kH, kW): one `size`, a tuple
weight *= np.sqrt(2 / weight[0].size)  # He's rule: 2 / (C kH kW) is the variance
print(f"one filter has {weight[0].size} weights, with standard deviation", end=" ")
print(f"{np.sqrt(2 / weight[0].size):.2f} at the start; drawn: {weight.std():.2f}")

bias = np.arange(4.0)  # (C_out,)
for height in (5, 4):
    y = np.zeros((2, 4, height, 6))  # (N, C_out, H_out, W_out)
    for shape in ((4, 1, 1), (4, 1)):
        try:
            sums = y + bias.reshape(shape)
        except ValueError:
            print(f"H_out = {height}, bias {shape!s:<9}  refused: shapes don't fit")
            continue
        means = f"by channel {sums.mean((0, 2, 3))}, by row {sums.mean((0, 1, 3))}"
        print(f"H_out = {height}, bias {shape!s:<9}  {means}")
