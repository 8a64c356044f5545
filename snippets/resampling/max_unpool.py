"""Unpooling puts given values at the places of the maxima, and zeros elsewhere."""

import torch
import torch.nn.functional as F


def unpool(values, places, size):
    """Return (N, C, H, W): values at the places, zeros elsewhere; size: (H, W).

    values, places: (N, C, h, w); a place counts along the rows of one channel, as in
    F.max_pool2d(return_indices=True). Places outside of the size: ValueError.
    """
    H, W = size
    if values.shape != places.shape or not 0 <= places.min() <= places.max() < H * W:
        got = f"{tuple(values.shape)}, {tuple(places.shape)}, up to {places.max()}"
        raise ValueError(f"values and places for {H} x {W}: {got}")
    flat = values.new_zeros(*values.shape[:2], H * W)  # (N, C, H * W)
    flat.scatter_(2, places.flatten(2), values.flatten(2))
    return flat.unflatten(2, (H, W))


def show(name, map):
    rows = ("".join(f"{v:4.0f}" for v in row) for row in map[0, 0].tolist())
    print(f"{name}\n" + "\n".join(rows))


x = torch.tensor([[1, 5, 2, 0], [3, 3, 1, 1], [-2, -4, 0, 8], [-6, -4, 4, 4.0]])
x = x.double()[None, None]  # (N, C, H, W)
pooled, places = F.max_pool2d(x, 2, return_indices=True)  # (N, C, 2, 2) each
show("pooled, then unpooled", unpool(pooled, places, (4, 4)))
decoder = torch.tensor([[[[7.0, -1], [0, 3]]]]).double()  # (N, C, 2, 2)
show("values of a decoder at those places", unpool(decoder, places, (4, 4)))

torch.manual_seed(0)
x = torch.randn(2, 3, 7, 9, dtype=torch.float64)  # (N, C, H, W), odd sizes
pooled, places = F.max_pool2d(x, 2, return_indices=True)  # (N, C, 3, 4) each
ours = unpool(pooled, places, (7, 9))  # (N, C, H, W)
theirs = F.max_unpool2d(pooled, places, 2, output_size=(7, 9))
error = ((ours - x).norm() / x.norm()).item()
print(f"off from torch {(ours - theirs).abs().max():.1f}, relative error {error:.2f}")

pooled, places = F.max_pool2d(x, 3, 1, return_indices=True)  # windows overlap
kept = unpool(pooled, places, (7, 9)).count_nonzero()
print(f"overlapping windows: {pooled.numel()} values, {kept} places")
