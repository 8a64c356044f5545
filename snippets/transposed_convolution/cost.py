"""Parameters, multiply-accumulates and FLOPs in closed form, compared with torch."""

import math

import numpy as np
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def parameters(in_channels, out_channels, kernel_size, groups=1, bias=True):
    """Return the number of parameters of a transposed convolution.

    kernel_size: (rows, columns). Impossible settings: ValueError.
    Source: the shapes of weight and bias in torch.nn.ConvTranspose2d.
    """
    low = min(in_channels, out_channels, *kernel_size, groups) < 1
    if low or in_channels % groups or out_channels % groups:
        got = f"{in_channels=}, {out_channels=}, {kernel_size=}, {groups=}"
        raise ValueError(f"impossible: {got}")
    weights = in_channels * (out_channels // groups) * math.prod(kernel_size)
    return weights + (out_channels if bias else 0)


def macs(shape, out_channels, kernel_size, groups=1):
    """Return the multiply-accumulates: each input value meets each of its weights.

    shape: (N, C, H, W) of the input. Stride and padding do not enter: products that
    padding cuts off count. Other shapes, impossible settings: ValueError.
    Source: torch.utils.flop_counter, which counts two FLOPs for each.
    """
    if len(shape) != 4 or min(shape) < 1:
        raise ValueError(f"expected (N, C, H, W), got {tuple(shape)}")
    N, C, H, W = shape
    return N * H * W * parameters(C, out_channels, kernel_size, groups, bias=False)


def flops(shape, out_channels, kernel_size, groups=1):
    """Return twice the `macs`, as FlopCounterMode does; the bias is left out."""
    return 2 * macs(shape, out_channels, kernel_size, groups)


rng, runs = np.random.default_rng(0), []
for G, a, b, kH, kW, stride, N, H, W, bias in rng.integers(1, 6, (2000, 10)).tolist():
    options = {"groups": G, "bias": bias > 2, "device": "meta"}
    layer = nn.ConvTranspose2d(a * G, b * G, (kH, kW), stride, **options)
    held = sum(weight.numel() for weight in layer.parameters())
    differs = held != parameters(a * G, b * G, (kH, kW), G, bias > 2)
    runs.append((layer, (N, a * G, H, W), (b * G, (kH, kW), G), differs))
with FlopCounterMode(display=False) as counter:
    wrong = before = 0
    for layer, shape, setting, differs in runs:
        layer(torch.empty(shape, device="meta"))
        counted, before = counter.get_total_flops() - before, counter.get_total_flops()
        wrong += differs or counted != flops(shape, *setting)
print(f"{len(runs)} layers: {wrong} differ from torch in parameters or FLOPs")
print(f"64 to 32 channels, 4 x 4: {parameters(64, 32, (4, 4)):,} parameters", end=", ")
print(f"{macs((1, 64, 24, 40), 32, (4, 4)):,} MACs on 24 x 40")
