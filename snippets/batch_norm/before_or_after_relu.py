"""Batch norm before or after ReLU: what is cut off, and what the next layer absorbs."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
x = 7 + 3 * torch.randn(64, 4, 10, 10, dtype=torch.float64)  # (N, C, H, W)
bn = nn.BatchNorm2d(4, dtype=torch.float64)

for beta in (0.0, 1.0):
    nn.init.constant_(bn.bias, beta)
    zeros = (bn(x).relu() == 0).double().mean()
    print(f"norm, then ReLU, beta = {beta:.0f}: {zeros:.2f} of the activations are 0")

# After ReLU: conv(gamma * h + beta). Can conv take gamma and beta into its weights?
nn.init.uniform_(bn.weight, 0.5, 2)
nn.init.normal_(bn.bias)
plain = nn.BatchNorm2d(4, affine=False, dtype=torch.float64)
h = x.sub(7).relu()  # (N, C, H, W)
weight = torch.randn(6, 4, 3, 3, dtype=torch.float64)  # (C_out, C, 3, 3)
absorbed = weight * bn.weight[:, None, None]
bias = (weight * bn.bias[:, None, None]).sum((1, 2, 3))  # (C_out,)

for padding in (0, 1):
    scaled = plain(h) * bn.weight[:, None, None]  # (N, C, H, W): gamma without beta
    for name, before, b in (("gamma", scaled, None), ("both", bn(h), bias)):
        ours = F.conv2d(plain(h), absorbed, b, padding=padding)
        off = (F.conv2d(before, weight, padding=padding) - ours).abs().max()
        print(
            f"ReLU, then norm, padding {padding}: conv absorbs {name}, off by {off:.2f}"
        )
