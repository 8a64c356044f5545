"""Three 3x3 layers or one 7x7: the same field, fewer weights, two more ReLUs."""

import torch
from torch import nn
from torch.nn import functional as F

CHANNELS, SIZE = 64, 56


def conv(kernel, groups=1):
    options = {"padding": kernel // 2, "groups": groups, "bias": False}
    return nn.Conv2d(CHANNELS, CHANNELS, kernel, **options)


def field(network):
    """Return how many pixels in a row the middle output depends on."""
    x = torch.rand(1, CHANNELS, 15, 15, requires_grad=True)  # (N, C, H, W)
    (gradient,) = torch.autograd.grad(network(x)[0, :, 7, 7].sum(), x)
    return (gradient[0] != 0).any(dim=0).any(dim=0).sum().item()


torch.manual_seed(0)
print("64 channels, 56 x 56              field    weights         MACs")
for name, layers in {
    "one 7x7": [conv(7)],
    "three 3x3": [conv(3), nn.ReLU(), conv(3), nn.ReLU(), conv(3)],
    "one 3x3": [conv(3)],
    "depthwise 7x7": [conv(7, groups=CHANNELS)],
    "depthwise 7x7, then 1x1": [conv(7, groups=CHANNELS), conv(1)],
}.items():
    network = nn.Sequential(*layers)
    weights = sum(w.numel() for w in network.parameters())
    print(f"{name:<30}{field(network):9d}{weights:11,}{weights * SIZE**2:13,}")


def as_one_kernel(kernels):
    """Return the kernel (1, 1, k, k) of a chain of convolutions without ReLU."""
    whole = kernels[0]
    for kernel in kernels[1:]:
        side = kernel.shape[-1] - 1
        whole = F.conv2d(whole, kernel.flip(2, 3), padding=side)
    return whole


torch.set_default_dtype(torch.float64)
kernels = torch.randn(3, 1, 1, 3, 3).unbind()  # (1, 1, 3, 3) each
x = y = torch.randn(1, 1, 20, 17)  # (N, C, H, W)
for kernel in kernels:
    y = F.conv2d(y, kernel)
off = (y - F.conv2d(x, as_one_kernel(kernels))).abs().max()
print(f"\nwithout ReLU three 3x3 are one 7x7: off by {off:.12f}")
print("but not every 7x7 is three 3x3: 27 numbers cannot set 49")
