"""In training a bias before batch norm changes nothing, and learns nothing."""

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(16, 3, 8, 8, dtype=torch.float64)  # (N, C, H, W)
conv = nn.Conv2d(3, 6, 3, dtype=torch.float64)
bn = nn.BatchNorm2d(6, dtype=torch.float64)

before = bn(conv(x))  # (N, C, H, W)
with torch.no_grad():
    conv.bias += 100
after = bn(conv(x))
print(f"100 more in every bias moves the output by {(after - before).abs().max():.9f}")

(after * torch.randn_like(after)).sum().backward()
print(f"largest gradient of a bias    {conv.bias.grad.abs().max():.9f}")
print(f"largest gradient of a weight  {conv.weight.grad.abs().max():.1f}")

for bias in (True, False):
    parameters = nn.Conv2d(3, 6, 3, bias=bias).parameters()
    print(f"bias={bias}: {sum(p.numel() for p in parameters)} parameters")
