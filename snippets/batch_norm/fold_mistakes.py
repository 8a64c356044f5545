"""What a fold gets wrong if it forgets something, and an order that does not fold."""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
conv, bn = nn.Conv2d(8, 16, 3, padding=1), nn.BatchNorm2d(16)
with torch.no_grad():
    conv.weight.mul_(0.05)  # a weak signal, so that eps counts
    bn.weight.uniform_(0.5, 2)
    bn.bias.normal_()
for _ in range(100):
    bn(conv(torch.randn(16, 8, 12, 12)))
bn.eval()
x = torch.randn(4, 8, 12, 12)  # (N, C, H, W)


@torch.no_grad()
def off_by(mean, var, eps, bias):
    """Return how far a fold with these (C,) is from bn(conv(x)), in its deviations."""
    scale = bn.weight / torch.sqrt(var + eps)  # (C,)
    weight = conv.weight * scale[:, None, None, None]
    y = F.conv2d(x, weight, bn.bias + (bias - mean) * scale, padding=1)
    return (y - bn(conv(x))).abs().max() / bn(conv(x)).std()


z = conv(x).detach()  # (N, C, H, W)
mean, var = bn.running_mean, bn.running_var
batch = z.mean((0, 2, 3)), z.var((0, 2, 3))
print(f"all in place               {off_by(mean, var, bn.eps, conv.bias):.3f}")
print(f"eps left out               {off_by(mean, var, 0.0, conv.bias):.3f}")
print(f"batch statistics           {off_by(*batch, bn.eps, conv.bias):.3f}")
print(f"bias of conv forgotten     {off_by(mean, var, bn.eps, 0.0):.3f}")

# Batch norm BEFORE a padded convolution: padding adds its zeros after the shift.
first = nn.BatchNorm2d(8).eval()
first.running_mean.normal_()
scale = 1 / torch.sqrt(first.running_var + first.eps)  # (C,)
weight = (conv.weight * scale[:, None, None]).detach()
bias = conv.bias - (weight * first.running_mean[:, None, None]).sum((1, 2, 3))
y = conv(first(x))  # (N, C, H, W)
off = (F.conv2d(x, weight, bias, padding=1) - y).abs() / y.std()  # (N, C, H, W)
print(f"norm before conv, inside   {off[..., 1:-1, 1:-1].max():.3f}")
print(f"norm before conv, border   {off.max():.3f}")
