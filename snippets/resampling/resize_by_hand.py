"""Linear resizing by hand: where each output lies on the input, and between what."""

import random

import torch
import torch.nn.functional as F


def source_places(size_in, size_out, align_corners=False):
    """Return (size_out,): the place of each output, in inputs, counted from 0.

    align_corners=False: pixels are squares, and the outer edges of both rows meet.
    True: pixels are points, and the first and last points of both rows meet.
    A size below 1: ValueError. Source: torch's documentation of nn.Upsample.
    """
    if min(size_in, size_out) < 1:
        raise ValueError(f"no resizing from {size_in} to {size_out}")
    number = torch.arange(size_out, dtype=torch.float64)  # (L_out,)
    if align_corners:
        return number * (size_in - 1) / max(size_out - 1, 1)
    return (number + 0.5) * size_in / size_out - 0.5


def resize_linear(x, size, align_corners=False):
    """Return x (..., L) resized to (..., size), as F.interpolate does."""
    last = x.shape[-1] - 1
    place = source_places(last + 1, size, align_corners).clamp(0, last)  # (size,)
    left = place.floor().long()  # (size,)
    right = (left + 1).clamp(max=last)  # (size,)
    share = place - left  # (size,), of the right neighbor
    return x[..., left] * (1 - share) + x[..., right] * share


for align in (False, True):
    row = "".join(f"{p:7.2f}" for p in source_places(3, 6, align).tolist())
    print(f"3 inputs to 6, align_corners={align!s:<6}{row}")

draw, wrong = random.Random(0).randint, 0
torch.manual_seed(0)
for n in range(2000):
    x = torch.randn(1, 1, draw(1, 30), dtype=torch.float64)  # (N, C, L)
    size, align = draw(1, 60), n % 2 == 1
    theirs = F.interpolate(x, size=size, mode="linear", align_corners=align)
    wrong += not torch.allclose(resize_linear(x, size, align), theirs)
print(f"2000 random sizes against F.interpolate: {wrong} differ")

x = torch.randn(2, 3, 5, 7, dtype=torch.float64)  # (N, C, H, W)
rows = resize_linear(x, 11)  # (N, C, H, 11)
both = resize_linear(rows.transpose(2, 3), 4).transpose(2, 3)  # (N, C, 4, 11)
theirs = F.interpolate(x, size=(4, 11), mode="bilinear")
print(f"width, then height, is bilinear: off by {(both - theirs).abs().max():.12f}")
