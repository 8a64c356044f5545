"""The middle of the field counts most: squared gradients, measured and predicted."""

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn


def measured(depth, networks=50):
    """Return the share of the squared gradient in each column: (2 depth + 1,).

    Mean over random ReLU networks of 3x3 convolutions, of the gradient of one output.
    """
    size = 2 * depth + 1
    total = torch.zeros(size)
    for _ in range(networks):
        y = x = torch.randn(1, 4, size, size, requires_grad=True)  # (N, C, H, W)
        for _ in range(depth):
            weight = torch.randn(4, 4, 3, 3) * (2 / 36) ** 0.5
            y = nn.functional.conv2d(y, weight).relu()
        (gradient,) = torch.autograd.grad(y.sum(), x)
        total += gradient.square().sum(dim=(0, 1, 2))
    return (total / total.sum()).numpy()


def predicted(depth):
    """Return the same if each step of a path goes left, straight on or right alike."""
    share = np.ones(1)
    for _ in range(depth):
        share = np.convolve(share, np.ones(3) / 3)
    return share  # (2 depth + 1,), standard deviation sqrt(2 depth / 3)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
print("layers  field  std of the share  +-2 std in % of the field")
for depth in (5, 10, 20, 40, 80):
    size, places = 2 * depth + 1, np.arange(-depth, depth + 1)
    std = np.sqrt(predicted(depth) @ places**2)
    print(f"{depth:6d}  {size:5d}  {std:16.2f}  {100 * 4 * std / size:25.0f}")

ours, theory = measured(10), predicted(10)
for name, share in (("measured", ours), ("predicted", theory)):
    middle = share[5:16].sum() ** 2
    print(f"10 layers, middle 11 x 11 of 21 x 21, {name}: {100 * middle:.0f} %")

places = np.arange(-10, 11)
plt.plot(places, ours, "o", label="measured")
plt.plot(places, theory, label="predicted")
plt.xlabel("pixels from the middle of the field")
plt.ylabel("share of the squared gradient")
plt.legend(loc="upper left")
plt.show()
