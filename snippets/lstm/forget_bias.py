"""The bias of the forget gate: how long a cell keeps what it holds."""

import math

import torch
from torch import nn


def half_life(bias):
    """Return the steps after which sigmoid(bias)^t is a half."""
    return math.log(0.5) / math.log(1 / (1 + math.exp(-bias)))


def bias_for(steps):
    """Return the bias at which f = 1 - 1 / steps: the kept share falls to 1/e.

    steps > 1, else ValueError. Source: Tallec and Ollivier 2018.
    """
    if steps <= 1:
        raise ValueError(f"steps is {steps}, has to be above 1")
    return math.log(steps - 1)


print("bias      f    f^10     f^100   half is kept for")
for bias in (-1, 0, 1, 2, 4, 6):
    f = 1 / (1 + math.exp(-bias))
    print(f"{bias:4d}  {f:.3f}{f**10:8.3f}{f**100:10.0e}{half_life(bias):11.1f} steps")
for steps in (10, 100, 1000):
    f = 1 / (1 + math.exp(-bias_for(steps)))
    print(f"bias {bias_for(steps):.1f} keeps {f**steps:.2f} for {steps} steps")

torch.manual_seed(0)
layer, H = nn.LSTM(3, 64), 64
block = slice(H, 2 * H)  # rows of the forget gate
both = layer.bias_ih_l0[block] + layer.bias_hh_l0[block]  # (H,)
print(
    f"torch starts it between {both.min():.1f} and {both.max():.1f}: two biases, added"
)
with torch.no_grad():
    for bias in (layer.bias_ih_l0, layer.bias_hh_l0):
        bias[block] = 1
    both = layer.bias_ih_l0[block] + layer.bias_hh_l0[block]
    print(f"1 written into both makes {both.mean():.0f}")
