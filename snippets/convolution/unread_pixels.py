"""How often a strided convolution reads each pixel: rounding down leaves some out."""

import torch
import torch.nn.functional as F


def reads(H, W, kernel, stride):
    """Return for each pixel (H, W) in how many windows it stands."""
    x = torch.zeros(1, 1, H, W, requires_grad=True)  # (N, C, H, W)
    ones = torch.ones(1, 1, kernel, kernel)  # (C_out, C, kH, kW)
    F.conv2d(x, ones, stride=stride).sum().backward()
    return x.grad[0, 0].long()


counts = reads(8, 7, kernel=3, stride=2)  # (H, W)
for row in counts.tolist():
    print(" ".join(map(str, row)))
unread = (counts == 0).sum()
print(f"kernel 3, stride 2: {unread} of {counts.numel()} pixels are never read")

torch.manual_seed(0)
x = torch.randn(1, 3, 20, 17, dtype=torch.float64)  # (N, C, H, W)
weight = torch.randn(4, 3, 5, 5, dtype=torch.float64)  # (C_out, C, kH, kW)
strided = F.conv2d(x, weight, stride=3)  # (N, C_out, H_out, W_out)
kept = F.conv2d(x, weight)[:, :, ::3, ::3]  # (N, C_out, H_out, W_out)
off = (strided - kept).abs().max()
print(f"stride 3 keeps every third row and column of stride 1: off by {off:.12f}")

sizes = [(n, k, s) for n in range(5, 33) for k in (1, 2, 3, 5) for s in (2, 3, 4)]
rounded = sum((n - k) % s > 0 for n, k, s in sizes)
print(
    f"(size - kernel) / stride + 1 is not whole in {rounded} of {len(sizes)} settings"
)
