"""A thousand layers: the gradient at the start, and twelve steps of training."""

import torch
from torch.nn import functional as F

WIDTH = 8


def forward(x, weights, residual):
    """Return the outputs (N, D) of a stack; weights: (layers, D, D)."""
    for weight in weights.unbind():
        if residual:
            x = x + F.layer_norm(x, (WIDTH,)).relu() @ weight
        else:
            x = (x @ weight).relu()
    return F.layer_norm(x, (WIDTH,)) if residual else x


def train(depth, residual, steps=12):
    """Return the first layer's gradient at the start, the first and the last loss."""
    torch.manual_seed(0)
    x = torch.randn(64, WIDTH)  # (N, D)
    y = (x[:, 0] * x[:, 1] > 0).double()  # (N,)
    weights = torch.randn(depth, WIDTH, WIDTH) * (2 / WIDTH) ** 0.5
    weights = (weights / depth**0.5 if residual else weights).requires_grad_()
    readout = (torch.randn(WIDTH) / WIDTH).requires_grad_()
    optimizer = torch.optim.Adam([weights, readout], 0.005)
    losses = []
    for step in range(steps + 1):
        scores = forward(x, weights, residual) @ readout  # (N,)
        loss = F.binary_cross_entropy_with_logits(scores, y)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        if step == 0:
            first = weights.grad[0].norm().item()
        optimizer.step()
    return first, losses[0], losses[-1]


torch.set_default_dtype(torch.float64)
print("layers             first gradient   loss: first, after 12 steps")
for depth in (10, 100, 1000):
    for residual in (False, True):
        first, start, end = train(depth, residual)
        name = f"{depth:4d} {'residual' if residual else 'plain'}"
        print(f"{name:<19}{first:14.0e}{start:14.2f}{end:17.2f}")
