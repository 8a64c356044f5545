"""Fifty ReLU layers: how differences between inputs fade upward, gradients downward."""

import matplotlib.pyplot as plt
import torch
from torch import nn

WIDTH, DEPTH = 128, 50


def by_layer(draw):
    """Return by layer: the size of h, of its differences between examples, of dL/dh.

    draw: fills the weights, and the biases get 0; None leaves nn.Linear as it is made.
    """
    torch.manual_seed(0)
    h, outputs = torch.randn(100, WIDTH), []  # h: (N, D)
    for _ in range(DEPTH):
        layer = nn.Linear(WIDTH, WIDTH)
        if draw:
            draw(layer.weight)
            nn.init.zeros_(layer.bias)
        h = layer(h).relu()  # (N, D)
        h.retain_grad()
        outputs.append(h)
    h.backward(torch.randn(100, WIDTH))
    stacked = torch.stack(outputs).detach()  # (DEPTH, N, D)
    gradients = torch.stack([h.grad for h in outputs])  # (DEPTH, N, D)
    differences = stacked - stacked.mean(1, keepdim=True)
    return [t.square().mean((1, 2)).sqrt() for t in (stacked, differences, gradients)]


def kaiming(weight):
    """Draw by Kaiming's rule for ReLU."""
    nn.init.kaiming_normal_(weight, nonlinearity="relu")


torch.set_default_dtype(torch.float64)
figure, (left, right) = plt.subplots(1, 2)
layers = torch.arange(1, DEPTH + 1)  # (DEPTH,)
print("             size at 50   between examples at 30   gradient at 1")
for name, draw in (
    ("Kaiming", kaiming),
    ("Xavier", nn.init.xavier_normal_),
    ("torch's own", None),
):
    sizes, differences, gradients = by_layer(draw)
    row = f"{sizes[49]:10.0e}{differences[29]:25.0e}{gradients[0]:16.0e}"
    print(f"{name:<13}{row}")
    seen = differences > 2e-14  # below it, float64 rounds the differences away
    left.semilogy(layers[seen], differences[seen])
    right.semilogy(layers, gradients, label=name)
left.set(xlabel="layer", ylabel="root mean square", title="h, between examples")
right.set(xlabel="layer", title="dL/dh")
right.legend()
plt.show()
