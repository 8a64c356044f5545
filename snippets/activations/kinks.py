"""At its kink a function has no derivative: ways to write ReLU do not agree."""

import torch
import torch.nn.functional as F

WAYS = {
    "F.relu(x)": F.relu,
    "x.clamp(min=0)": lambda x: x.clamp(min=0),
    "torch.maximum(x, 0)": lambda x: torch.maximum(x, torch.zeros_like(x)),
    "torch.where(x > 0, x, 0)": lambda x: torch.where(x > 0, x, 0),
    "(x + x.abs()) / 2": lambda x: (x + x.abs()) / 2,
    "(x + (x * x).sqrt()) / 2": lambda x: (x + (x * x).sqrt()) / 2,
    "F.leaky_relu(x)": F.leaky_relu,
    "F.elu(x)": F.elu,
}

print("gradient at               -1     0     1")
for name, function in WAYS.items():
    x = torch.tensor([-1.0, 0.0, 1.0], requires_grad=True)  # (3,)
    function(x).sum().backward()
    print(f"{name:<24}{''.join(f'{g:6.2f}' for g in x.grad)}")
