"""Exercise: the way back from pixel shuffle, by reshaping alone."""

import torch
import torch.nn.functional as F


def pixel_unshuffle(x, scale):
    """Return (N, C * scale^2, H / scale, W / scale) of x (N, C, H, W)."""
    ...  # your turn


# The check
torch.manual_seed(0)
wrong = ""
for shape, scale in (((2, 3, 4, 6), 2), ((1, 2, 9, 6), 3), ((2, 1, 5, 5), 1)):
    x = torch.randn(shape)  # (N, C, H, W)
    expected, got = F.pixel_unshuffle(x, scale), pixel_unshuffle(x, scale)
    if got is None or got.shape != expected.shape:
        shape = None if got is None else tuple(got.shape)
        wrong = f"not yet: expected {tuple(expected.shape)}, got {shape}"
        break
    if not torch.equal(got, expected):
        channel = (got != expected).any(dim=(0, 2, 3)).nonzero()[0].item()
        wrong = f"not yet: the shape is right, channel {channel} holds other pixels"
        break
print(wrong or "right: three shapes agree with F.pixel_unshuffle")
