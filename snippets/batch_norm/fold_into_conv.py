"""Fold batch norm in eval mode into the convolution before it: same outputs."""

import copy

import torch
from torch import nn


@torch.no_grad()
def fold_into_conv(conv, bn):
    """Return one Conv2d that computes bn(conv(x)) for a BatchNorm2d in eval mode.

    Holds for any stride, padding, dilation and groups, with or without a bias of conv.
    Anything else, a bn in training mode or without running statistics: ValueError.
    """
    if type(conv) is not nn.Conv2d or bn.training or bn.running_var is None:
        got = f"{type(conv).__name__}, training={bn.training}, {bn.running_var}"
        raise ValueError(f"expected a Conv2d, and bn in eval mode, tracking; got {got}")
    if bn.num_features != conv.out_channels:
        raise ValueError(f"{conv.out_channels} channels, and bn for {bn.num_features}")
    gamma = torch.ones_like(bn.running_var) if bn.weight is None else bn.weight  # (C,)
    beta = torch.zeros_like(bn.running_var) if bn.bias is None else bn.bias  # (C,)
    bias = torch.zeros_like(beta) if conv.bias is None else conv.bias  # (C,)
    scale = gamma / torch.sqrt(bn.running_var + bn.eps)  # (C,)
    folded = copy.deepcopy(conv)
    folded.weight = nn.Parameter(conv.weight * scale[:, None, None, None])
    folded.bias = nn.Parameter(beta + (bias - bn.running_mean) * scale)  # (C,)
    return folded


def block(inputs, outputs, **options):
    """Return convolution, batch norm, ReLU."""
    conv = nn.Conv2d(inputs, outputs, 3, padding=1, **options)
    return [conv, nn.BatchNorm2d(outputs), nn.ReLU()]


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
net = nn.Sequential(*block(3, 8), *block(8, 8, groups=4, bias=False))
net.extend(block(8, 6, stride=2))
for bn in net[1::3]:
    nn.init.normal_(bn.weight)
    nn.init.normal_(bn.bias)
for _ in range(20):
    net(torch.randn(16, 3, 12, 12))  # moves the running statistics off 0 and 1
net.eval()

convs = [fold_into_conv(net[i], net[i + 1]) for i in (0, 3, 6)]
folded = nn.Sequential(*(layer for conv in convs for layer in (conv, nn.ReLU())))

x = torch.randn(4, 3, 12, 12)  # (N, C, H, W)
off = (net(x) - folded(x)).abs().max()
print(f"{len(net)} layers became {len(folded)}; their outputs differ by {off:.12f}")
fused = torch.nn.utils.fuse_conv_bn_eval(net[3], net[4])
off = (fused.weight - convs[1].weight).abs().max()
print(f"weights differ from torch's own folding by {off:.12f}")
