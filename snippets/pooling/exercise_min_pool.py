"""Exercise: the smallest value of each window, from a layer that finds the largest."""

import torch
import torch.nn.functional as F


def min_pool(x, kernel, stride, padding):
    """Return the minimum of each window of x (N, C, H, W), by F.max_pool2d.

    Padding must never be the smallest.
    """
    ...  # your turn


# The check
torch.manual_seed(0)
x = torch.rand(2, 3, 8, 7, dtype=torch.float64) + 0.5  # (N, C, H, W), all above 0
wrong = ""
for name, image in (("positive", x), ("negative", -x)):
    padded = F.pad(image, [1] * 4, value=torch.inf)
    expected = padded.unfold(2, 3, 2).unfold(3, 3, 2).amin(dim=(4, 5))
    got = min_pool(image, 3, 2, 1)
    if got is None or got.shape != expected.shape:
        shape = None if got is None else tuple(got.shape)
        wrong = f"not yet: expected {tuple(expected.shape)}, got {shape}"
        break
    if not torch.allclose(got, expected):
        a, b = got[0, 0, 0, 0].item(), expected[0, 0, 0, 0].item()
        wrong = f"not yet: {name} inputs: corner expected {b:.3f}, got {a:.3f}"
        break
print(wrong or "right: for inputs of both signs, and at the border")
