"""Which inputs a pooling layer reads: a stride above the kernel skips some."""

import torch
import torch.nn.functional as F


def read(pixels, kernel, stride, padding, ceil_mode=False):
    """Return how many of `pixels` inputs in a row lie in some window."""
    x = torch.ones(1, 1, pixels, dtype=torch.float64, requires_grad=True)  # (N, C, L)
    y = F.avg_pool1d(x, kernel, stride, padding, ceil_mode)  # (N, C, L_out)
    (gradient,) = torch.autograd.grad(y.sum(), x)
    return (gradient > 0).sum().item()


SIZES = range(30, 60)
print("share of the pixels of an image that no window reads, worst of 30 sizes")
print("stride  kernel 3, pad 1   kernel s   kernel s, ceil_mode   kernel 2s-1, pad s-1")
for s in (2, 3, 4, 5):
    shares = []
    for options in ((3, s, 1), (s, s, 0), (s, s, 0, True), (2 * s - 1, s, s - 1)):
        worst = min(read(size, *options) / size for size in SIZES)
        shares.append(f"{100 * (1 - worst**2):.0f} %")
    print(f"{s:6d}{shares[0]:>17}{shares[1]:>11}{shares[2]:>22}{shares[3]:>23}")
