"""Dilation spreads a kernel over more pixels at the same cost, and can skip some."""

import torch
import torch.nn.functional as F
from torch.utils.flop_counter import FlopCounterMode


def spread(weight, dilation):
    """Return weight (C_out, C, k, k) with zeros between its values."""
    C_out, C, k, _ = weight.shape
    reach = dilation * (k - 1) + 1
    stuffed = weight.new_zeros(C_out, C, reach, reach)  # (C_out, C, reach, reach)
    stuffed[:, :, ::dilation, ::dilation] = weight
    return stuffed


def flops(x, weight, **options):
    """Return how many operations torch counts for a convolution."""
    with FlopCounterMode(display=False) as counter:
        F.conv2d(x, weight, **options)
    return counter.get_total_flops()


torch.manual_seed(0)
x = torch.randn(1, 8, 32, 20, dtype=torch.float64)  # (N, C, H, W)
weight = torch.randn(6, 8, 3, 3, dtype=torch.float64)  # (C_out, C, kH, kW)
print("dilation  reach    FLOPs  with zeros built in  difference")
for d in (1, 2, 4):
    stuffed = spread(weight, d)
    y = F.conv2d(x, weight, padding=d, dilation=d)  # (N, C_out, H, W)
    off = (y - F.conv2d(x, stuffed, padding=d)).abs().max()
    cost = flops(x, weight, padding=d, dilation=d), flops(x, stuffed, padding=d)
    print(f"{d}         {stuffed.shape[2]}  {cost[0]:9,}  {cost[1]:19,}  {off:.12f}")

print("\nthree layers, dilation  pixels that one output reads")
for dilations in ((1, 1, 1), (2, 2, 2), (1, 2, 5), (1, 2, 9)):
    image = torch.ones(1, 1, 31, 33, requires_grad=True)  # (N, C, H, W)
    y = image
    for d in dilations:
        y = F.conv2d(y, torch.ones(1, 1, 3, 3), padding=d, dilation=d)  # (N, C, H, W)
    (grad,) = torch.autograd.grad(y[0, 0, 15, 16], image)
    read, side = (grad > 0).sum(), 1 + 2 * sum(dilations)
    print(f"{dilations!s:<23} {read} of {side} x {side} = {side**2}")
