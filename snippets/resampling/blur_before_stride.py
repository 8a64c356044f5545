"""Blur before the stride: a shifted input then gives a like output."""

import torch
import torch.nn.functional as F


def blur_pool(x):
    """Return max pooling of x (N, C, L) by 2, with a blur before the stride.

    On a ring, so that no border disturbs. Source: Zhang 2019, section 3.
    """
    dense = F.max_pool1d(F.pad(x, [0, 1], mode="circular"), 2, stride=1)  # (N, C, L)
    blur = torch.tensor([[[0.25, 0.5, 0.25]]]).expand(x.shape[1], 1, 3)  # (C, 1, 3)
    padded = F.pad(dense, [1, 1], mode="circular")
    return F.conv1d(padded, blur, stride=2, groups=x.shape[1])  # (N, C, L / 2)


x = torch.tensor([[[0.0, 0, 1, 1, 0, 0, 1, 1]]])  # (N, C, L)
for name, pool in (
    ("max pool 2", lambda x: F.max_pool1d(x, 2)),
    ("blurred", blur_pool),
):
    for shift in (0, 1):
        print(f"{name:<12}shift {shift}: {pool(x.roll(shift, dims=2))[0, 0].tolist()}")

torch.manual_seed(0)
x = torch.randn(4, 8, 64).cumsum(dim=2).sin()  # (N, C, L), smooth for the most part
for name, pool in (
    ("max pool 2", lambda x: F.max_pool1d(x, 2)),
    ("blurred", blur_pool),
):
    even, odd = pool(x), pool(x.roll(1, dims=2))  # (N, C, L / 2) each
    change = (odd - even).square().mean().sqrt() / even.std()
    print(f"{name:<12}change by a shift of 1: {change:.2f} standard deviations")
