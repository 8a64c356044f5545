"""Max and average pooling by hand: cut windows, reduce each, channel by channel."""

import torch
import torch.nn.functional as F


def windows(x, kernel, stride, padding, fill):
    """Return every window of x (N, C, H, W) as (N, C, H_out, W_out, kernel, kernel).

    Along both axes alike. A kernel that is larger than the padded input, or padding
    of more than half the kernel: ValueError.
    """
    if min(x.shape[2:]) + 2 * padding < kernel or 2 * padding > kernel:
        raise ValueError(f"{kernel=}, {padding=} on pixels {tuple(x.shape[2:])}")
    x = F.pad(x, [padding] * 4, value=fill)
    return x.unfold(2, kernel, stride).unfold(3, kernel, stride)


def max_pool(x, kernel, stride, padding=0):
    """Return the largest value of each window: padding never wins, it is -inf."""
    return windows(x, kernel, stride, padding, -torch.inf).amax(dim=(4, 5))


def average_pool(x, kernel, stride, padding=0):
    """Return the mean of each window: padded zeros count, as in torch by default."""
    return windows(x, kernel, stride, padding, 0.0).mean(dim=(4, 5))


x = torch.tensor([[1, 5, 2, 0], [3, 3, 1, 1], [-2, -4, 0, 8], [-6, -4, 4, 4.0]])
x = x.double()[None, None].requires_grad_()  # (N, C, H, W)
for name, pool in (("max", max_pool), ("average", average_pool)):
    y = pool(x, kernel=2, stride=2)  # (N, C, H / 2, W / 2)
    (gradient,) = torch.autograd.grad(y.sum(), x)
    print(f"{name:<9}{y[0, 0].tolist()}")
    for row in gradient[0, 0].tolist():
        print(" " * 9 + "".join(f"{g:6.2f}" for g in row))

torch.manual_seed(0)
x, z = torch.randn(2, 3, 5, 9, 11, dtype=torch.float64)  # (N, C, H, W) each
for name, pool, theirs in (
    ("max", max_pool, F.max_pool2d),
    ("average", average_pool, F.avg_pool2d),
):
    y = pool(x, 3, 2, 1)  # (N, C, H_out, W_out)
    off = (y - theirs(x, 3, 2, 1)).abs().max()
    bent = (pool(2 * x - z, 3, 2, 1) - 2 * y + pool(z, 3, 2, 1)).abs().max()
    print(f"{name:<9}{tuple(x.shape)} -> {tuple(y.shape)}, off by {off:.12f}", end="")
    print(", linear" if bent < 1e-9 else ", not linear")
