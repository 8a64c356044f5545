"""The fans of convolutions, counted, and what torch.nn.init takes for them."""

import math

import torch
from torch import nn
from torch.nn.init import _calculate_fan_in_and_fan_out as torchs_fans


def true_fans(layer):
    """Return how many inputs an output sums up, and how many outputs an input reaches.

    layer: a convolution, transposed or not; anything else: ValueError. Both are counted
    away from borders, and are means where the stride makes positions differ.
    """
    if not isinstance(layer, nn.modules.conv._ConvNd):
        raise ValueError(f"expected a convolution, got {type(layer).__name__}")
    kernel, stride = math.prod(layer.kernel_size), math.prod(layer.stride)
    fan_in = layer.in_channels // layer.groups * kernel
    fan_out = layer.out_channels // layer.groups * kernel
    # A stride skips outputs; in a transposed convolution, it sets inputs apart.
    if layer.transposed:
        return fan_in / stride, fan_out
    return fan_in, fan_out / stride


def count(layer):
    """Count both fans away from the border: with ones everywhere, a sum is a number."""
    nn.init.ones_(layer.weight)
    x = torch.ones(1, layer.in_channels, 40, 36, requires_grad=True)  # (N, C, H, W)
    y = layer(x)  # (N, C, H, W)
    y.sum().backward()
    return [t[0, 0, 8:20, 8:20].mean().item() for t in (y, x.grad)]


def kept(layer):
    """Return the mean square of outputs, with weights that are meant to make it 1."""
    nn.init.kaiming_normal_(layer.weight, nonlinearity="linear")
    x = torch.randn(8, layer.in_channels, 40, 36)  # (N, C, H, W)
    return layer(x)[:, :, 8:20, 8:20].square().mean().item()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
print("fan_in, fan_out of   weight            formula    counted    torch       kept")
for name, layer in {
    "3 x 3": nn.Conv2d(32, 64, 3, bias=False),
    "stride 2": nn.Conv2d(32, 64, 3, 2, bias=False),
    "4 groups": nn.Conv2d(32, 64, 3, groups=4, bias=False),
    "depthwise": nn.Conv2d(64, 64, 3, groups=64, bias=False),
    "transposed": nn.ConvTranspose2d(32, 64, 3, bias=False),
    "transposed, stride 2": nn.ConvTranspose2d(32, 64, 4, 2, bias=False),
}.items():
    row = f"{name:<21}{tuple(layer.weight.shape)!s:<18}"
    for fan_in, fan_out in (true_fans(layer), count(layer), torchs_fans(layer.weight)):
        row += f"{fan_in:<4.0f} {fan_out:<6.0f}"
    print(f"{row}{kept(layer):5.2f}")
