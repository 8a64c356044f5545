"""Softmax before cross-entropy: a floor under the loss, and slow learning."""

import math

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def floor(classes):
    """Return the least cross-entropy in nats when probabilities are taken for logits.

    With 1 for the true class and 0 for the others: ln(e + classes - 1) - 1.
    Fewer than 2 classes: ValueError.
    """
    if classes < 2:
        raise ValueError(f"expected 2 classes or more, got {classes}")
    return math.log(math.e + classes - 1) - 1


print("classes     floor   ln(classes)")
for classes in (2, 10, 1000):
    perfect = torch.zeros(1, classes).double()  # (N, K)
    perfect[0, 1] = 1
    loss = F.cross_entropy(perfect, torch.tensor([1])).item()
    print(f"{classes:7d}  {loss:8.4f}   {math.log(classes):11.4f}", end="")
    print(f"   formula differs by {abs(floor(classes) - loss):.12f}")

torch.set_default_dtype(torch.float64)
pixels, labels = load_digits(return_X_y=True)
x, y = torch.tensor(pixels) / 16, torch.tensor(labels)  # (N, D), (N,)
print("digits, a linear layer      loss at step 0     10     30    100   accuracy")
for name, output in (("logits", nn.Identity()), ("softmax", nn.Softmax(dim=1))):
    layer = nn.Linear(64, 10)
    nn.init.zeros_(layer.weight)
    nn.init.zeros_(layer.bias)
    optimizer = torch.optim.SGD(layer.parameters(), 0.5)
    row = ""
    for step in range(101):
        loss = F.cross_entropy(output(layer(x)), y)
        if step in (0, 10, 30, 100):
            row += f"{loss:7.3f}"
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    right = (layer(x).argmax(dim=1) == y).double().mean()
    print(f"cross_entropy of {name:<18}{row:>35}{right:11.3f}")
