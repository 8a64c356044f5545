"""Exercise: one rate for each layer, falling from the head down."""

import torch
from torch import nn


def groups(layers, rate, factor):
    """Return parameter groups: the last of the layers learns at `rate`, the one
    before it at rate * factor, and so on. Layers without parameters don't count.
    """
    ...  # your turn


# The check
model = nn.Sequential(
    nn.Flatten(),
    nn.Linear(6, 5),
    nn.ReLU(),
    nn.LayerNorm(5),
    nn.Linear(5, 4),
    nn.Tanh(),
    nn.Linear(4, 3, bias=False),
)
made = groups(list(model), 0.08, 0.5)
if made is None:
    wrong = "not yet: expected groups, got None"
else:
    before = {name: p.clone() for name, p in model.named_parameters()}
    for parameter in model.parameters():
        parameter.grad = torch.ones_like(parameter)
    torch.optim.SGD(made, lr=1.0).step()  # moves each parameter by its rate
    wrong = ""
    for name, rate in (("6", 0.08), ("4", 0.04), ("3", 0.02), ("1", 0.01)):
        for key, parameter in model.named_parameters():
            far = (before[key] - parameter).mean().item()
            if key.startswith(name) and abs(far - rate) > 1e-6 and not wrong:
                wrong = f"not yet: {key} learns at {far:.3f}, expected {rate}"
print(wrong or "right: 7 parameters at 4 rates")
