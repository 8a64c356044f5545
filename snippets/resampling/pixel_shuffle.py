"""Pixel shuffle by hand: s^2 channels become blocks of s x s pixels."""

import torch
import torch.nn.functional as F


def pixel_shuffle(x, scale):
    """Return (N, C, H * scale, W * scale) of x (N, C * scale^2, H, W).

    Channel c * scale^2 + u * scale + v goes to row u, column v of each block of
    channel c. Channels that don't divide: ValueError. Source: Shi et al. 2016, eq. 4.
    """
    if scale < 1 or x.shape[1] % scale**2:
        raise ValueError(f"{x.shape[1]} channels, scale {scale}")
    blocks = x.unflatten(1, (-1, scale, scale))  # (N, C, u, v, H, W)
    blocks = blocks.permute(0, 1, 4, 2, 5, 3)  # (N, C, H, u, W, v)
    return blocks.flatten(4, 5).flatten(2, 3)  # (N, C, H * scale, W * scale)


x = torch.arange(4)[None, :, None, None].expand(1, 4, 2, 3)  # (N, 4, H, W)
print("four channels of 0, of 1, of 2 and of 3 become")
for row in pixel_shuffle(x, 2)[0, 0].tolist():
    print(" ", *row)

torch.manual_seed(0)
x = torch.randn(2, 18, 4, 5, dtype=torch.float64)  # (N, C * 3^2, H, W)
y = pixel_shuffle(x, 3)  # (N, C, 12, 15)
same = torch.equal(y, F.pixel_shuffle(x, 3))
print(f"{tuple(x.shape)} -> {tuple(y.shape)}, equal to torch: {same}")
print("pixel_unshuffle undoes it:", torch.equal(F.pixel_unshuffle(y, 3), x))
