"""Three halvings and doublings of an odd-sized image: pad, go down and up, crop."""

import torch
import torch.nn.functional as F


def pad_to_multiple(x, multiple, mode="replicate"):
    """Append rows and columns until both numbers are multiples.

    x: (N, C, H, W), mode as in F.pad. Returns an array of the same kind. Another number
    of axes, or a multiple below 1: ValueError.
    """
    if x.ndim != 4 or multiple < 1:
        got = f"{tuple(x.shape)} and {multiple}"
        raise ValueError(f"expected (N, C, H, W) and a positive multiple, got {got}")
    H, W = x.shape[2:]
    return F.pad(x, (0, -W % multiple, 0, -H % multiple), mode=mode)


def down_and_up(x, levels=3):
    """Average blocks of 2 x 2 `levels` times, then stamp them back; return all."""
    ones = torch.ones(1, 1, 2, 2)  # (C_out, C_in, kH, kW)
    found = [x]
    for _ in range(levels):
        found.append(F.conv2d(found[-1], ones / 4, stride=2))
    for _ in range(levels):
        found.append(F.conv_transpose2d(found[-1], ones, stride=2))
    return found


x = torch.ones(1, 1, 45, 53)  # (N, C, H, W)
for name, start in (
    ("as it is", x),
    ("padded with zeros", pad_to_multiple(x, 2**3, "constant")),
    ("padded with the edge", pad_to_multiple(x, 2**3)),
):
    way = down_and_up(start)
    y = way[-1][:, :, :45, :53]  # (N, C, H, W) if nothing is missing
    print(name + ":", *(f"{a.shape[2]}x{a.shape[3]}" for a in way))
    low, high = y.min(), y.max()
    print(f"    cropped to {tuple(y.shape[2:])}, values from {low:.2f} to {high:.2f}")
