"""Exercise: weight decay for matrices and kernels alone."""

import torch
from torch import nn


def groups(model, decay):
    """Return two groups of parameters for an optimizer: with decay, and with 0.

    Biases, and the scales of norms, are not to decay.
    """
    ...  # your turn


# The check
model = nn.Sequential(
    nn.Conv2d(3, 8, 5, bias=False),
    nn.BatchNorm2d(8),
    nn.PReLU(8),
    nn.Flatten(),
    nn.Linear(8, 6),
    nn.LayerNorm(6),
    nn.Linear(6, 2),
)
made = groups(model, 0.1)
if made is None:
    wrong = "expected 2 groups, got None"
else:
    adamw = torch.optim.AdamW(made, lr=1.0, weight_decay=0.7)
    for parameter in model.parameters():
        nn.init.ones_(parameter)
        parameter.grad = torch.zeros_like(parameter)
    adamw.step()  # with no gradient, only the decay acts
    left = {name: round(p.mean().item(), 3) for name, p in model.named_parameters()}
    expected = {
        n: 0.9 if n in ("0.weight", "4.weight", "6.weight") else 1.0 for n in left
    }
    off = [n for n in left if left[n] != expected[n]]
    wrong = off and f"{off[0]} is left with {left[off[0]]}, expected {expected[off[0]]}"
print(f"not yet: {wrong}" if wrong else "right: 3 decay, 7 do not")
