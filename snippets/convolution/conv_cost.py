"""Parameters, multiply-adds and FLOPs of a convolution, against 2,000 of torch's."""

import random

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def parameters(C, C_out, kernel, groups=1, bias=True):
    """Return how many numbers nn.Conv2d learns; kernel: (kH, kW).

    A filter has kH kW weights for each of the C / groups channels that it sees, and
    one bias, if any. Groups that don't divide the channels: ValueError.
    """
    if min(C, C_out, groups, *kernel) < 1 or C % groups or C_out % groups:
        raise ValueError(f"{C} to {C_out} channels, {kernel=}, {groups=}")
    return C_out * (C // groups * kernel[0] * kernel[1] + bias)


def macs(C, C_out, kernel, output, groups=1, N=1):
    """Return the multiply-adds: N images, each weight once for each output (H, W)."""
    weights = parameters(C, C_out, kernel, groups, bias=False)
    return N * weights * output[0] * output[1]


def flops(C, C_out, kernel, output, groups=1, N=1, bias=False):
    """Return the floating-point operations, two for each multiply-add.

    A bias is one addition more for each output value; torch's counter leaves it out.
    """
    additions = bias * N * C_out * output[0] * output[1]
    return 2 * macs(C, C_out, kernel, output, groups, N) + additions


print(f"dense, 224 x 224 x 3 to 1000: {224 * 224 * 3 * 1000:,} weights")
for C, C_out, k, size in ((3, 64, 3, 224), (3, 64, 7, 112), (64, 64, 3, 56)):
    learned, work = parameters(C, C_out, (k, k)), macs(C, C_out, (k, k), (size, size))
    print(f"{k} x {k}, {C:2} to {C_out} channels: {learned:6,} parameters", end=", ")
    print(f"{work:11,} MACs at {size} x {size}")

random.seed(0)
draw, differ = random.randint, 0
for _ in range(2000):
    g, N, kernel, bias = draw(1, 4), draw(1, 3), (draw(1, 3), draw(1, 4)), draw(0, 1)
    C, C_out, stride = g * draw(1, 4), g * draw(1, 4), draw(1, 2)
    layer = nn.Conv2d(C, C_out, kernel, stride, groups=g, bias=bias == 1)
    x = torch.zeros(N, C, draw(4, 9), draw(4, 8))  # (N, C, H, W)
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        output = layer(x).shape[2:]
    learned = sum(p.numel() for p in layer.parameters())
    differ += counter.get_total_flops() != flops(C, C_out, kernel, output, g, N)
    differ += learned != parameters(C, C_out, kernel, g, bias)
print(f"of 2000 random layers, {differ} differ from torch in parameters or FLOPs")
