"""In-place ReLU behind other operations: allowed, refused, or wrong without a word."""

import torch
from torch import nn
from torch.nn.functional import relu

torch.manual_seed(0)
weight = torch.randn(5, 5, requires_grad=True)
x = torch.randn(3, 5)  # (N, D)


def refusal(before):
    """Return what backward says of an in-place ReLU behind an operation, or "fine"."""
    try:
        relu(before(x @ weight), inplace=True).sum().backward()
    except RuntimeError as error:
        return str(error).split(": ")[0].split(".")[0]
    return "fine"


for name, before in {
    "x @ w": lambda z: z,
    "x @ w + 1": lambda z: z + 1,
    "batch norm": nn.BatchNorm1d(5),
    "square": torch.square,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "exp": torch.exp,
    "softmax": lambda z: z.softmax(dim=1),
    "ReLU": torch.relu,
}.items():
    print(f"{name:<11}{refusal(before)[:66]}")

try:
    relu(weight, inplace=True)
except RuntimeError as error:
    print(f"{'a weight':<11}{str(error)[:66]}")

h = torch.tensor([-1.0, 2.0])  # (2,)
print("\nh + relu(h)                ", (h + relu(h)).tolist())
print("h + relu(h, inplace=True)  ", (h + relu(h, inplace=True)).tolist())
