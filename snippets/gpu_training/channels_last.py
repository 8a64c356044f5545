"""channels_last changes the order in memory, not the shape and not the result."""

import torch
from torch import nn
from torch.nn.functional import pixel_shuffle


def order(x):
    """Return the axes of x, (N, C, H, W), from the slowest in memory to the fastest."""
    axes = sorted(range(4), key=x.stride, reverse=True)
    return "".join("NCHW"[axis] for axis in axes)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(5, 8, 6, 4)  # (N, C, H, W)
y = x.to(memory_format=torch.channels_last)  # (N, C, H, W)
for name, t in (("as made", x), ("channels_last", y)):
    print(f"{name:<14} shape {tuple(t.shape)}  strides {t.stride()}  {order(t)}")

layers = [nn.Conv2d(8, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(2)]
net = nn.Sequential(*layers)
expected = net(x)
net.to(memory_format=torch.channels_last)
print(f"weights of the convolution: {order(net[0].weight)}")
print(f"results differ by {(net(y) - expected).abs().max():.12f}")

for name, function in {
    "the network": net,
    "y + y": lambda t: t + t,
    "y[:, :2]": lambda t: t[:, :2],
    "cat([y, y], 1)": lambda t: torch.cat([t, t], 1),
    "y.contiguous()": lambda t: t.contiguous(),
    "pixel_shuffle(y, 2)": lambda t: pixel_shuffle(t, 2),
    "y.flatten(1).reshape(y.shape)": lambda t: t.flatten(1).reshape(t.shape),
}.items():
    print(f"{name:<30} {order(function(y))}")

one = torch.randn(5, 1, 6, 4)  # (N, C, H, W)
both = torch.contiguous_format, torch.channels_last
fits = [one.is_contiguous(memory_format=kind) for kind in both]
print(f"a single channel is contiguous in both orders: {fits}")
