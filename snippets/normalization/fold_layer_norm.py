"""Gamma and beta of a norm fold into the next layer, its mean into the one before."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
D_in, D, D_out = 10, 16, 24
before, norm, after = nn.Linear(D_in, D), nn.LayerNorm(D), nn.Linear(D, D_out)
nn.init.normal_(norm.weight)
nn.init.normal_(norm.bias)
x = torch.randn(7, D_in)  # (N, D_in)
y = after(norm(before(x)))  # (N, D_out)

weight = after.weight * norm.weight  # (D_out, D)  each column times its gamma
bias = after.bias + after.weight @ norm.bias  # (D_out,)
folded = F.linear(F.layer_norm(before(x), (D,)), weight, bias)  # (N, D_out)
print(f"gamma and beta in the next layer: off by {(folded - y).abs().max():.9f}")

centered = before.weight - before.weight.mean(0)  # (D, D_in)  each column has mean 0
shift = before.bias - before.bias.mean()  # (D,)
z = F.linear(x, centered, shift)  # (N, D)  with mean 0, whatever x is
rms = F.linear(F.rms_norm(z, (D,), eps=norm.eps), weight, bias)  # (N, D_out)
print(f"RMSNorm after a centered layer:   off by {(rms - y).abs().max():.9f}")

rms = F.linear(F.rms_norm(before(x), (D,), eps=norm.eps), weight, bias)  # (N, D_out)
print(f"RMSNorm in place of layer norm:   off by {(rms - y).abs().max():.2f}")
