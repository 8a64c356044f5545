"""The price of a gradient, counted in runs of the network: three ways."""

import torch
from torch.utils.flop_counter import FlopCounterMode


def forward(weights, x):
    """Return the output (N, D) of a tanh network with weights [(D, D), ...]."""
    for w in weights:
        x = (x @ w.T).tanh()  # (N, D)
    return x


def forward_mode(weights, moves, x):
    """Return the slope (N, D) of the output as the weights move in one direction."""
    dx = torch.zeros_like(x)  # (N, D)
    for w, dw in zip(weights, moves, strict=True):
        y = (x @ w.T).tanh()  # (N, D)
        x, dx = y, (dx @ w.T + x @ dw.T) * (1 - y**2)  # (N, D), (N, D)
    return dx


def reverse_mode(weights, x):
    """Return the gradient of the output's sum by each weight: [(D, D), ...]."""
    return torch.autograd.grad(forward(weights, x).sum(), weights)


def flops(function, *inputs):
    """Return the floating-point operations of all matrix products in a call."""
    with FlopCounterMode(display=False) as counter:
        result = function(*inputs)
    return counter.get_total_flops(), result


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
print("layers  width  parameters   reverse  forward mode  differences  off by")
for depth, width in ((2, 8), (2, 64), (8, 64), (8, 128)):
    weights = [torch.randn(width, width) / width**0.5 for _ in range(depth)]
    moves = [torch.randn(width, width) for _ in range(depth)]
    x = torch.randn(4, width)  # (N, D)
    for w in weights:
        w.requires_grad_()
    one, _ = flops(forward, weights, x)
    back, gradient = flops(reverse_mode, weights, x)
    along, slope = flops(forward_mode, weights, moves, x)
    total = sum((g * m).sum() for g, m in zip(gradient, moves, strict=True))
    off = (total - slope.sum()).abs() / slope.norm()
    count = depth * width**2
    ways = f"{back / one:10.2f}{along / one * count:14.0f}{count + 1:13d}"
    print(f"{depth:6d}{width:7d}{count:12d}{ways}  {off:.9f}")
