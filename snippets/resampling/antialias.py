"""Shrinking without antialias skips most pixels, and fine stripes turn coarse."""

import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F


def antialias_weights(size_in, size_out):
    """Return (size_out, size_in): the weights of linear resizing with antialias.

    A triangle over each output's place, as wide as the step, or 1 if that is less.
    A size below 1: ValueError. Compared with F.interpolate(antialias=True).
    """
    if min(size_in, size_out) < 1:
        raise ValueError(f"no resizing from {size_in} to {size_out}")
    step = size_in / size_out  # inputs for one output
    place = (torch.arange(size_out).double() + 0.5) * step - 0.5  # (size_out,)
    distance = (torch.arange(size_in) - place[:, None]).abs()  # (size_out, size_in)
    weights = (1 - distance / max(step, 1)).clamp(min=0)
    return weights / weights.sum(dim=1, keepdim=True)


def resize(row, size, antialias):
    """Return a row (W,) resized to (size,), as an image of one row of pixels."""
    options = {"size": (1, size), "mode": "bilinear", "antialias": antialias}
    return F.interpolate(row[None, None, None], **options)[0, 0, 0]


torch.manual_seed(0)
wrong = 0
for n in range(2000):
    row = torch.randn(1 + n % 40, dtype=torch.float64)  # (W,)
    ours = antialias_weights(len(row), 1 + n % 27) @ row
    wrong += not torch.allclose(ours, resize(row, 1 + n % 27, True))
print(f"2000 pairs of sizes against torch: {wrong} differ")

time = torch.arange(600, dtype=torch.float64) / 600  # (W,)
row = torch.sin(2 * math.pi * 120 * time**2)  # (W,), stripes finer and finer
print("share of 600 pixels that 60 outputs read, and size of the fine half's ripple")
_, axes = plt.subplots(2, 1, sharex=True, sharey=True)
for axis, antialias in zip(axes, (False, True), strict=True):
    x = row.clone().requires_grad_()
    small = resize(x, 60, antialias)  # (60,)
    (gradient,) = torch.autograd.grad(small.sum(), x)
    read = (gradient != 0).double().mean().item()
    std = small[30:].std().item()
    print(f"antialias={antialias!s:<6}{100 * read:6.0f} %{std:8.2f}")
    axis.plot(small.detach(), "o-", markersize=3)
    axis.set_ylabel(f"value,\nantialias={antialias}")
axes[1].set_xlabel("output pixel, of 60")
plt.show()
