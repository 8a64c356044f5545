"""Swap every batch norm of a network for a group norm that fits its channels."""

import math

import torch
from torch import nn


def replace_batch_norm(net, groups=32):
    """Put GroupNorm(gcd(groups, C), C) in the place of each BatchNorm2d(C) below net.

    Changes net and returns it. The new layers start at gamma 1, beta 0: train again.
    groups < 1: ValueError.
    """
    if groups < 1:
        raise ValueError(f"expected one group at least, got {groups}")
    for name, child in net.named_children():
        if isinstance(child, nn.BatchNorm2d):
            channels = child.num_features
            norm = nn.GroupNorm(math.gcd(groups, channels), channels, child.eps)
            setattr(net, name, norm.to(child.running_mean))
        else:
            replace_batch_norm(child, groups)
    return net


def block(inputs, outputs):
    """Return convolution, batch norm, ReLU."""
    conv = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(outputs), nn.ReLU())


def gradient(net, x, parts):
    """Return the first weight's gradient of mean(net(x)^2), in parts of the batch."""
    net.zero_grad()
    for part in x.chunk(parts):
        (net(part).square().mean() / parts).backward()
    return net[0][0].weight.grad.clone()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(8, 3, 6, 6)  # (N, C, H, W)
net = nn.Sequential(block(3, 48), block(48, 64), nn.Conv2d(64, 20, 1))
for name in ("batch norm", "group norm"):
    whole, parts = gradient(net, x, parts=1), gradient(net, x, parts=4)
    print(f"{name}: 4 parts of 2 instead of 8 examples", end=", ")
    print(f"gradient off by {(parts - whole).norm() / whole.norm():.2f}")
    replace_batch_norm(net)
for norm in (net[0][1], net[1][1]):
    print(f"{norm.num_channels} channels in {norm.num_groups} groups")
