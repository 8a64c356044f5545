"""Saturation: the slope far from 0, and the product of ten slopes."""

import torch
from torch import nn

FUNCTIONS = {
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "ReLU": torch.relu,
    "ELU": nn.functional.elu,
    "GELU": nn.functional.gelu,
    "SiLU": nn.functional.silu,
}
places = torch.tensor([-20.0, -10, -5, 0, 5, 10, 20])  # (7,), float32


def slopes(function, x):
    """Return the derivative of an elementwise function: the shape of x."""
    x = x.clone().requires_grad_()
    return torch.autograd.grad(function(x).sum(), x)[0]


print("slope at" + "".join(f"{x:9.0f}" for x in places))
for name, function in FUNCTIONS.items():
    print(f"{name:<8}" + "".join(f"{s:9.1e}" for s in slopes(function, places)))

x = torch.linspace(-20, 20, 4001, dtype=torch.float64)  # (4001,)
print("\nsteepest slope, and its tenth power")
for name, function in FUNCTIONS.items():
    steepest = slopes(function, x).max().item()
    print(f"{name:<8}{steepest:8.2f}{steepest**10:10.1e}")
