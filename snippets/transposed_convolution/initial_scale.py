"""The variance of fresh outputs: torch's rules take the other axis and no stride."""

import math

import torch
from torch import nn


def fan_in(in_channels, kernel_size, stride, groups=1):
    """Return how many products an output value adds up, on average, inside.

    kernel_size, stride: (rows, columns). Impossible settings: ValueError.
    Source: each input value makes a kernel of products, for a stride of outputs.
    """
    numbers = (in_channels, *kernel_size, *stride, groups)
    if min(numbers) < 1 or in_channels % groups:
        got = f"{in_channels=}, {kernel_size=}, {stride=}, {groups=}"
        raise ValueError(f"impossible: {got}")
    return in_channels / groups * math.prod(kernel_size) / math.prod(stride)


@torch.no_grad()
def variance(layer, x):
    """Return the variance of the layer's output, away from the border."""
    return layer(x)[..., 4:-4, 4:-4].var().item()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
print("channels  products  default  fan_in  fan_out  products")
for C_in, C_out in ((64, 16), (32, 32), (16, 64)):
    layer = nn.ConvTranspose2d(C_in, C_out, 4, stride=2, padding=1, bias=False)
    products = fan_in(C_in, (4, 4), (2, 2))
    x = torch.randn(8, C_in, 32, 32)  # (N, C_in, H, W), of variance 1
    found = [variance(layer, x)]
    for mode in ("fan_in", "fan_out"):
        nn.init.kaiming_normal_(layer.weight, mode=mode, nonlinearity="relu")
        found.append(variance(layer, x))
    nn.init.normal_(layer.weight, std=math.sqrt(2 / products))
    found.append(variance(layer, x))
    row = "".join(f"{value:9.2f}" for value in found)
    print(f"{C_in} to {C_out}  {products:8.0f}{row}")
