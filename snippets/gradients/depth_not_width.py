"""Depth makes gradients vanish, and width hardly matters: tanh, torch's own weights."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
print("layers  width   gradient at the input, over that at the output")
for depth, width in ((5, 16), (5, 64), (5, 512), (20, 64), (50, 64)):
    torch.manual_seed(0)
    layers = [nn.Linear(width, width) for _ in range(depth)]
    network = nn.Sequential(*[m for layer in layers for m in (layer, nn.Tanh())])
    x = torch.randn(32, width, requires_grad=True)  # (N, D)
    last = torch.randn(32, width)  # (N, D)
    (first,) = torch.autograd.grad(network(x), x, last)
    print(f"{depth:6}{width:7}{first.norm() / last.norm():14.0e}")
