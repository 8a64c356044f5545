"""Seven activations on three tasks: how far apart they are depends on the task."""

from itertools import pairwise

import torch
from torch.nn import functional as F

SEEDS, INPUTS, WIDTH, EXAMPLES = 3, 4, 32, 128
FUNCTIONS = (torch.sigmoid, torch.tanh, F.relu, F.leaky_relu, F.elu, F.gelu, F.silu)


def smooth(x):
    return torch.sin(2 * x[..., :1]) + x[..., 1:2] * x[..., 2:3]


def folded(x):
    return x[..., :1].abs() + torch.maximum(x[..., 1:2], x[..., 2:3])


def errors(function, task, depth, steps=70):
    """Return the test errors of as many networks as seeds: (SEEDS,), variance is 1.

    Mean squared errors over the variance of the targets; the networks train side by
    side, as one batch of matrices.
    """
    torch.manual_seed(0)
    x = torch.randn(SEEDS, 2 * EXAMPLES, INPUTS)  # (S, N, D)
    y = task(x)  # (S, N, 1)
    y = (y - y.mean()) / y.std()
    sizes = [INPUTS] + [WIDTH] * depth + [1]
    weights = [
        (torch.randn(SEEDS, n, m) / n**0.5).requires_grad_() for n, m in pairwise(sizes)
    ]
    biases = [torch.zeros(SEEDS, 1, m, requires_grad=True) for m in sizes[1:]]
    optimizer = torch.optim.Adam([*weights, *biases], 0.02)

    def losses(part):
        h = x[:, part]  # (S, N / 2, D)
        for n, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
            h = torch.baddbmm(bias, function(h) if n else h, weight)
        return (h - y[:, part]).square().mean(dim=(1, 2))  # (S,)

    for _ in range(steps):
        optimizer.zero_grad()
        losses(slice(EXAMPLES)).sum().backward()
        optimizer.step()
    return losses(slice(EXAMPLES, None)).detach()


torch.set_default_dtype(torch.float64)
print("test error: least to most of 3   smooth        folded        smooth")
print("hidden layers                         2             2             6")
for function in FUNCTIONS:
    row = f"{function.__name__:<27}"
    for task, depth in ((smooth, 2), (folded, 2), (smooth, 6)):
        e = errors(function, task, depth)  # (S,)
        row += f"  {e.min():.2f} to {e.max():.2f}"
    print(row)
