"""Dropout on images: what plain dropout leaves to guess, and whole channels dropped."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_sample_image
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
P_DROP = 0.5


def guess(x, mask):
    """Return the mean of the kept ones of 8 neighbors, or 0, for each inner pixel.

    x, mask: (N, C, H, W), the mask 1 where kept. Returns (N, C, H - 2, W - 2).
    """
    around = x.new_ones(x.shape[1], 1, 3, 3)  # (C, 1, 3, 3)
    around[..., 1, 1] = 0
    total, count = (F.conv2d(a, around, groups=x.shape[1]) for a in (x * mask, mask))
    return total / count.clamp(min=1)


def explained(x, mask):
    """Return the share of the variance of dropped pixels that neighbors explain."""
    inside, dropped = x[..., 1:-1, 1:-1], mask[..., 1:-1, 1:-1] == 0
    pairs = torch.stack([guess(x, mask)[dropped], inside[dropped]])  # (2, dropped)
    return pairs.corrcoef()[0, 1] ** 2


photo = torch.tensor(load_sample_image("china.jpg")).permute(2, 0, 1)[None] / 255
photo = photo - photo.mean((2, 3), keepdim=True)  # (N, C, H, W)
pixels = photo.flatten(2)  # (N, C, H W)
shuffled = pixels[..., torch.randperm(pixels.shape[2])].view_as(photo)
mask = (torch.rand(photo.shape) >= P_DROP).double()  # (N, C, H, W)
for name, x in (("photo", photo), ("its pixels shuffled", shuffled)):
    print(f"{name:<20} neighbors explain {explained(x, mask):5.2f} of dropped pixels")

maps = torch.ones(4000, 6, 3, 3)  # (N, C, H, W)  constant: the extreme of correlation
for layer in (nn.Dropout(P_DROP), nn.Dropout2d(P_DROP)):
    y = layer(maps)  # (N, C, H, W)
    whole = (y.flatten(2).amax(2) == y.flatten(2).amin(2)).double().mean()
    window = y.mean((2, 3))  # (N, C)  what a 3 x 3 average sees
    name = type(layer).__name__
    print(f"{name:<10} channels kept or dropped as a whole {whole:.2f}", end="")
    print(f"  noise in a 3 x 3 mean {window.std():.2f}")
