"""Groups cut a convolution into independent ones: blocks of channels, fewer weights."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def separately(x, conv):
    """Return what conv makes of x (N, C, H, W), by one convolution for each group."""
    inputs = x.chunk(conv.groups, 1)  # groups times (N, C / groups, H, W)
    weights, biases = conv.weight.chunk(conv.groups), conv.bias.chunk(conv.groups)
    return torch.cat(list(map(F.conv2d, inputs, weights, biases)), 1)


def connections(*layers):
    """Return a row for each output channel, with an x for each input it depends on."""
    x = torch.ones(1, 8, 1, 1, requires_grad=True)  # (N, C, H, W)
    y = nn.Sequential(*layers)(x).flatten()  # (C_out,)
    rows = [torch.autograd.grad(value, x, retain_graph=True)[0] for value in y]
    return ["".join("x" if g else "." for g in row.flatten().tolist()) for row in rows]


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(2, 8, 7, 6)  # (N, C, H, W)
print("groups  weight        weights  biases    FLOPs  off separate convolutions by")
for groups in (1, 2, 4):
    conv = nn.Conv2d(8, 8, 3, groups=groups)
    with torch.no_grad(), FlopCounterMode(display=False) as counter:
        y = conv(x)  # (N, C_out, H_out, W_out)
    off = (y - separately(x, conv)).abs().max()
    print(f"{groups:<7} {tuple(conv.weight.shape)}  {conv.weight.numel():7}", end="")
    print(f"  {conv.bias.numel():6}  {counter.get_total_flops():7,}  {off:.12f}")


def layer(groups):
    """Return a convolution that only mixes channels."""
    return nn.Conv2d(8, 8, 1, groups=groups)


print("\neach output depends on the inputs marked")
print("groups=2  groups=4  4, then 4  shuffle between")
columns = (
    connections(layer(2)),
    connections(layer(4)),
    connections(layer(4), layer(4)),
    connections(layer(4), nn.ChannelShuffle(4), layer(4)),
)
for a, b, c, d in zip(*columns, strict=True):
    print(f"{a}  {b}  {c}   {d}")
