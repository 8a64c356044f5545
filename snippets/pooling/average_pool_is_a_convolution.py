"""Average pooling is a convolution with one fixed kernel: what each way costs."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
C, K = 64, 2
x = torch.randn(2, C, 8, 10, dtype=torch.float64)  # (N, C, H, W)
pooled = F.avg_pool2d(x, K)  # (N, C, H / K, W / K)

one_a_channel = torch.full((C, 1, K, K), 1 / K**2).double()  # (C, 1, K, K)
depthwise = F.conv2d(x, one_a_channel, stride=K, groups=C)
dense = torch.diag(torch.ones(C)).double()[:, :, None, None] / K**2  # (C, C, 1, 1)
full = F.conv2d(x, dense.expand(C, C, K, K), stride=K)

print("way                  off by          weights   operations for one output")
for name, y, weights, work in (
    ("average pooling", pooled, 0, f"{K**2 - 1} additions, 1 division"),
    ("depthwise kernel", depthwise, C * K**2, f"{K**2} multiply-adds"),
    ("full convolution", full, C * C * K**2, f"{C * K**2} multiply-adds"),
):
    off = (y - pooled).abs().max()
    print(f"{name:<18}{off:.12f}{weights:12d}   {work}")
