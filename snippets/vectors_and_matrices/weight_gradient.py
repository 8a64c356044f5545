"""The gradient of a layer's weights: a sum of outer products, one an example."""

import torch
from torch import nn


def weight_gradient(x, gradient):
    """Return dL/dW, (out, in), of y = x W^T.

    x: (N, in); gradient: dL/dy, (N, out). Different N: ValueError.
    """
    if x.ndim != 2 or gradient.ndim != 2 or len(x) != len(gradient):
        raise ValueError(f"x {tuple(x.shape)}, gradient {tuple(gradient.shape)}")
    return sum(torch.outer(g, row) for g, row in zip(gradient, x))  # gradient.T @ x


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
layer = nn.Linear(7, 5)
print("examples   rank of the gradient   largest difference from backward()")
for count in (1, 2, 4, 10):
    x, target = torch.randn(count, 7), torch.randn(count, 5)  # (N, in), (N, out)
    y = layer(x)  # (N, out)
    y.retain_grad()
    layer.zero_grad()
    (y - target).pow(4).sum().backward()
    ours, theirs = weight_gradient(x, y.grad), layer.weight.grad  # (out, in)
    rank = torch.linalg.matrix_rank(theirs)
    print(f"{count:8d}{rank:23d}{(ours - theirs).abs().max():37.12f}")
