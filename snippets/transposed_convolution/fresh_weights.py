"""A constant image, doubled in seven ways with freshly drawn weights."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
C_in, C_out = 8, 4096
x = torch.rand(1, C_in, 1, 1).expand(1, C_in, 9, 9)  # (N, C, H, W), constant channels


def resized(mode):
    """Return a convolution of the enlarged image: (N, C_out, H, W)."""
    w = torch.randn(C_out, C_in, 3, 3)  # (C_out, C_in, kH, kW)
    return F.conv2d(F.interpolate(x, scale_factor=2, mode=mode), w, padding=1)


def transposed(k, padding, output_padding=0):
    """Return a transposed convolution with stride 2: (N, C_out, H, W)."""
    w = torch.randn(C_in, C_out, k, k)  # (C_in, C_out, kH, kW)
    return F.conv_transpose2d(x, w, None, 2, padding, output_padding)


def shuffled(copies):
    """Return a convolution to four times the channels, shuffled: (N, C_out, H, W)."""
    w = torch.randn(4 * C_out // copies, C_in, 3, 3).repeat_interleave(copies, dim=0)
    return F.pixel_shuffle(F.conv2d(x, w, padding=1), 2)


print(f"{'':<28} size by place        ripple")
for name, y in (
    ("transposed, kernel 3", transposed(3, 1, 1)),
    ("transposed, kernel 4", transposed(4, 1)),
    ("transposed, kernel 2", transposed(2, 0)),
    ("3 x 3, pixel shuffle", shuffled(copies=1)),
    ("the same, weights repeated", shuffled(copies=4)),
    ("nearest, then 3 x 3", resized("nearest")),
    ("bilinear, then 3 x 3", resized("bilinear")),
):
    tile = y[0, :, 8:10, 8:10].flatten(1)  # (C_out, 4): the four places of a stride
    size = tile.square().mean(0).sqrt()  # (4,)
    ripple = (tile.var(1, correction=0).mean() / tile.square().mean()).sqrt()
    places = " ".join(f"{value:.1f}" for value in size / size.max())
    print(f"{name:<28} {places}      {ripple:.2f}")
