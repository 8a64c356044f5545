"""Two 1 x 1 convolutions around a 3 x 3 one: fewer channels where weights are dear."""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

x = torch.zeros(1, 256, 28, 20)  # (N, C, H, W)
plain = nn.Sequential(nn.Conv2d(256, 256, 3, padding=1, bias=False))
bottleneck = nn.Sequential(
    nn.Conv2d(256, 64, 1, bias=False),
    nn.Conv2d(64, 64, 3, padding=1, bias=False),
    nn.Conv2d(64, 256, 1, bias=False),
)

for name, net in (("3 x 3", plain), ("bottleneck", bottleneck)):
    y = x
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        for layer in net:
            y = layer(y)  # (N, C, H, W): only C changes
            kernel = "{} x {}".format(*layer.kernel_size)
            print(f"{name:<11} {kernel}: {layer.weight.numel():7,} weights", end=", ")
            print(f"output {tuple(y.shape)}")
    total = sum(p.numel() for p in net.parameters())
    flops = counter.get_total_flops() / 1e6
    print(f"{name:<11} together {total:7,} weights, {flops:.1f} million FLOPs")
