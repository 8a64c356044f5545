"""A multilayer perceptron as a torch module: its layers, features and parameters."""

import random
from itertools import pairwise

import torch
from torch import nn


class MLP(nn.Module):
    """Linear layers of sizes n_in, *hidden, n_out, with an activation between them.

    Takes (N, ...) with n_in numbers for each example, gives (N, n_out). Sizes that are
    not whole numbers above 0: ValueError.
    """

    def __init__(self, n_in, *hidden, n_out, activation=nn.ReLU):
        super().__init__()
        sizes = [n_in, *hidden, n_out]
        if not all(isinstance(size, int) and size > 0 for size in sizes):
            raise ValueError(f"sizes {sizes}: expected whole numbers above 0")
        pairs = [[nn.Linear(n, m), activation()] for n, m in pairwise(sizes[:-1])]
        self.body = nn.Sequential(*[module for pair in pairs for module in pair])
        self.head = nn.Linear(sizes[-2], n_out)

    def features(self, x):
        """Return the activations that enter the last layer: (N, hidden[-1])."""
        return self.body(x.flatten(1))

    def forward(self, x):
        return self.head(self.features(x))  # (N, n_out)


def parameters(*sizes):
    """Return the number of weights and biases of linear layers of these sizes."""
    return sum((n + 1) * m for n, m in pairwise(sizes))


torch.manual_seed(0)
images = torch.randn(7, 4, 5, 3).permute(0, 3, 1, 2)  # (N, C, H, W)
net = MLP(60, 20, 10, 30, n_out=2)
linear = [m for m in net.modules() if isinstance(m, nn.Linear)]
print(f"layers that count     {len(linear)}: 3 hidden, 1 output")
print(f"modules in a row      {len(net.body) + 1}: these and 3 activation functions")
print(f"features, of 7 images {tuple(net.features(images).shape)}")
print(f"logits                {tuple(net(images).shape)}")
print(f"parameters            {sum(p.numel() for p in net.parameters())}")
print(f"no hidden layer       {parameters(60, 2)} parameters, a linear model")

draw, wrong = random.Random(0), 0
with torch.device("meta"):
    for _ in range(2000):
        sizes = [draw.randint(1, 500) for _ in range(draw.randint(2, 5))]
        theirs = sum(p.numel() for p in MLP(*sizes[:-1], n_out=sizes[-1]).parameters())
        wrong += theirs != parameters(*sizes)
print(f"2000 random networks, parameters counted by torch: {wrong} differ")
