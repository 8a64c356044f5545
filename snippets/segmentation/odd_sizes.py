"""Sizes that halve with a rest: why a U-Net fails on them, and two ways out."""

import torch
import torch.nn.functional as F


def pad_to_multiple(x, multiple):
    """Return x (N, C, H, W) padded at right and bottom so that both sides divide.

    multiple: 1 or more, or ValueError. The new pixels repeat the last row and column.
    """
    if multiple < 1:
        raise ValueError(f"expected a multiple of 1 or more, got {multiple}")
    down, right = (-side % multiple for side in x.shape[2:])
    return F.pad(x, (0, right, 0, down), mode="replicate")


def down_and_up(x, fit=False):
    """Go two levels down and back up, with skips; with `fit`, resize to each skip."""
    skips = []
    for _ in range(2):
        skips.append(x)
        x = F.max_pool2d(x, 2)
    for skip in reversed(skips):
        how = {"size": skip.shape[2:]} if fit else {"scale_factor": 2}
        x = F.interpolate(x, **how)
        x = torch.cat([skip, x], dim=1)
    return x


for size in ((32, 48), (33, 50)):
    x = torch.zeros(1, 1, *size)  # (N, C, H, W)
    try:
        print(f"{size}: comes out as {tuple(down_and_up(x).shape[2:])}")
    except RuntimeError as error:
        print(f"{size}: RuntimeError: {error}")
padded = pad_to_multiple(x, 4)
print(f"padded to {tuple(padded.shape[2:])}: ", end="")
y = down_and_up(padded)[:, :, :33, :50]
print(f"comes out right, and is cut back to {tuple(y.shape[2:])}")
print(f"resized to each skip: {tuple(down_and_up(x, fit=True).shape[2:])}")
