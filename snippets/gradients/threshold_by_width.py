"""Where gradients turn from vanishing to exploding: not at weights of size 1."""

import torch

DEPTH = 40


def growth(width, std, networks):
    """Return the gradient's mean growth a ReLU layer, and the largest weight."""
    torch.manual_seed(0)
    logs, largest = [], 0.0
    for _ in range(networks):
        h = start = torch.randn(8, width, requires_grad=True)  # (N, D)
        for _ in range(DEPTH):
            w = 3**0.5 * std * (2 * torch.rand(width, width) - 1)  # (out, in)
            largest = max(largest, w.abs().max().item())
            h = torch.relu(h @ w.T)  # (N, width)
        (g,) = torch.autograd.grad(h, start, torch.randn(8, width))
        logs.append((g.norm() / (8 * width) ** 0.5).log().item() / DEPTH)
    return torch.tensor(logs).mean().exp().item(), largest


torch.set_default_dtype(torch.float64)
print("width   sqrt(2 / width)      std   largest weight   gradient x, a layer")
for width in (32, 64, 256):
    critical = (2 / width) ** 0.5
    for part in (0.7, 1.0, 1.5):
        factor, largest = growth(width, part * critical, 1024 // width)
        row = f"{width:5}{critical:18.3f}{part * critical:9.3f}{largest:17.2f}"
        print(f"{row}{factor:22.2f}")
