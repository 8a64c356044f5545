"""Running statistics in 16 bits stop short or overflow; keep them in float32."""

import torch
from torch import nn

torch.manual_seed(0)
x = 100 + 400 * torch.randn(1024, 1)  # (N, D): mean 100, standard deviation 400

for dtype in (torch.float32, torch.bfloat16, torch.float16):
    layer = nn.BatchNorm1d(1).to(dtype)
    for _ in range(200):
        layer(x.to(dtype))
    mean, var = layer.running_mean.item(), layer.running_var.item()
    print(f"{dtype!s:<15} running mean {mean:5.1f}, running deviation {var**0.5:5.1f}")

layer = nn.BatchNorm1d(1)
with torch.autocast("cpu", dtype=torch.bfloat16):
    y = layer(x.bfloat16())  # mixed precision leaves the layer in float32
print(
    f"autocast: input bfloat16, output {y.dtype}, statistics {layer.running_var.dtype}"
)
