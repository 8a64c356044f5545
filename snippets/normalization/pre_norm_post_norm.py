"""Pre-norm, post-norm and no norm: the gradient of each block before training."""

import matplotlib.pyplot as plt
import torch
from torch import nn

WIDTH = 32


def norm(x):
    """Normalize each row of x (N, D)."""
    return nn.functional.layer_norm(x, (WIDTH,))


BLOCKS = {
    "no norm": lambda x, branch: x + branch(x),
    "post-norm": lambda x, branch: norm(x + branch(x)),
    "pre-norm": lambda x, branch: x + branch(norm(x)),
}


def at_the_start(order, depth):
    """Return the gradient norm of each block, and the size of the stream at the end."""
    torch.manual_seed(0)
    x, weights = torch.randn(128, WIDTH), []  # (N, D)
    for _ in range(depth):
        up, down = torch.empty(2 * WIDTH, WIDTH), torch.empty(WIDTH, 2 * WIDTH)
        for weight in (up, down):
            nn.init.xavier_normal_(weight).requires_grad_()
        weights.append(down)
        x = BLOCKS[order](x, lambda z, up=up, down=down: (z @ up.T).relu() @ down.T)
    y = norm(x) if order == "pre-norm" else x  # (N, D)
    dy = torch.randn(y.shape) / y.numel() ** 0.5  # (N, D)  random, of length 1
    gradients = torch.autograd.grad(y, weights, dy)
    return [g.norm().item() for g in gradients], x.square().mean().sqrt().item()


torch.set_default_dtype(torch.float64)
print("           blocks   gradient of the first   of the last   size of the stream")
for order in BLOCKS:
    for depth in (6, 24):
        gradients, size = at_the_start(order, depth)
        row = f"{gradients[0]:24.1f}{gradients[-1]:14.1f}{size:21.1f}"
        print(f"{order:<10} {depth:6d}{row}")
    plt.semilogy(range(1, depth + 1), gradients, marker="o", label=order)
plt.xlabel("block, from the input to the output")
plt.ylabel("norm of its gradient")
plt.legend()
plt.show()
