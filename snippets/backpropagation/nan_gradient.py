"""A branch that is not taken still sends a gradient back: 0 times infinity, a NaN."""

import torch

torch.set_default_dtype(torch.float64)


def careless(x):
    """The root of x, and 0 where there is none: right values."""
    return torch.where(x > 0, x.sqrt(), 0.0)


def careful(x):
    """The same, with the root taken of a harmless number where it is not wanted."""
    positive = x > 0
    return torch.where(positive, torch.where(positive, x, 1.0).sqrt(), 0.0)


def norm(x):
    return x.square().sum().sqrt()


def told(values):
    return "".join(f"{v:8.2f}" for v in values.tolist())


for function in (careless, careful):
    x = torch.tensor([-1.0, 0.0, 4.0], requires_grad=True)  # (D,)
    y = function(x)
    y.sum().backward()
    print(f"{function.__name__:<10} value{told(y)}   gradient{told(x.grad)}")

for name, function in (("by hand", norm), ("torch", torch.linalg.vector_norm)):
    x = torch.zeros(3, requires_grad=True)  # (D,)
    function(x).backward()
    print(f"norm of 0, {name:<8} gradient{told(x.grad)}")
