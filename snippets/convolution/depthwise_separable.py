"""A depthwise convolution and a 1 x 1 one: cheap, as one filter factored in two."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

torch.manual_seed(0)
C, C_out, k = 64, 128, 3
x = torch.randn(1, C, 56, 40, dtype=torch.float64)  # (N, C, H, W)
options = {"padding": 1, "bias": False, "dtype": torch.float64}
dense = nn.Conv2d(C, C_out, k, **options)
depthwise = nn.Conv2d(C, C, k, groups=C, **options)  # one filter for each channel
pointwise = nn.Conv2d(C, C_out, 1, bias=False, dtype=torch.float64)
doubled = nn.Conv2d(C, 2 * C, k, groups=C, **options)  # two filters for each

print("layer            weights   MACs in millions  MACs for each number moved")
work = {}
for name, layer in (
    ("dense 3 x 3", dense),
    ("depthwise 3 x 3", depthwise),
    ("pointwise 1 x 1", pointwise),
    ("depthwise, 2 per", doubled),
):
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        y = layer(x)  # (N, C_out, H, W)
    work[name] = counter.get_total_flops() / 2
    moved = x.numel() + layer.weight.numel() + y.numel()  # read, read and written
    print(f"{name:<16} {layer.weight.numel():7,} {work[name] / 1e6:18.1f}", end="")
    print(f" {work[name] / moved:27.1f}")

share = (work["depthwise 3 x 3"] + work["pointwise 1 x 1"]) / work["dense 3 x 3"]
print(f"depthwise and pointwise: {share:.3f} of dense; 1 / C_out + 1 / k^2 = ", end="")
print(f"{1 / C_out + 1 / k**2:.3f}")

factors = pointwise.weight * depthwise.weight[:, 0]  # (C_out, C, kH, kW)
off = (pointwise(depthwise(x)) - F.conv2d(x, factors, padding=1)).abs().max()
print(f"one dense convolution does the same: off by {off:.12f}")
for name, weight in (("separable", factors), ("dense", dense.weight)):
    matrices = weight.transpose(0, 1).flatten(2)  # (C, C_out, kH kW)
    rank = torch.linalg.matrix_rank(matrices).max()
    print(f"{name}: the {C_out} x {k * k} weights of an input channel have rank {rank}")
