"""Two linear layers in a row are one; the merged one is cheap in one order only."""

import torch
import torch.nn.functional as F


def spread(weight):
    """Return the kernel (F, C, 6, 6) at stride 2 of: average pool 2, then weight."""
    return weight.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3) / 4


def blur(weight):
    """Return the kernel (F, C, 4, 4) at stride 2 of: weight, then average pool 2."""
    shifts = [(u, 1 - u, v, 1 - v) for u in (0, 1) for v in (0, 1)]
    return sum(F.pad(weight, shift) for shift in shifts) / 4


torch.manual_seed(0)
C = 64
x = torch.randn(1, C, 58, 42, dtype=torch.float64)  # (N, C, H, W)
weight = torch.randn(C, C, 3, 3, dtype=torch.float64)  # (F, C, 3, 3)
pool_first = F.conv2d(F.avg_pool2d(x, 2), weight)  # (N, F, 27, 19)
convolved = F.conv2d(x, weight)  # (N, F, 56, 40)
pool_last = F.avg_pool2d(convolved, 2)  # (N, F, 28, 20)

print("10^6 MACs             two layers   one merged layer    off by")
for name, y, before, kernel in (
    ("pool, convolution", pool_first, pool_first, spread(weight)),
    ("convolution, pool", pool_last, convolved, blur(weight)),
):
    off = (F.conv2d(x, kernel, stride=2) - y).abs().max()
    apart = weight[0].numel() * before.numel() / 1e6  # of the convolution alone
    merged = kernel[0].numel() * y.numel() / 1e6
    size = f"{kernel.shape[2]}x{kernel.shape[3]}"
    print(f"{name:<20}{apart:12.1f}{merged:12.1f} by {size}    {off:.9f}")
