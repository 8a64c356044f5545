"""What an activation costs: operations for one value, counted, and what it keeps."""

import math

import torch
from torch import erf, exp, maximum, tanh, where
from torch.nn import functional as F
from torch.utils._python_dispatch import TorchDispatchMode


class Count(TorchDispatchMode):
    """Counts operations: plain ones, and functions such as exp."""

    plain = functions = 0

    def __torch_dispatch__(self, operation, types, args=(), kwargs=None):
        name = operation.overloadpacket.__name__
        self.functions += name in ("exp", "tanh", "erf")
        self.plain += name not in ("exp", "tanh", "erf", "scalar_tensor")
        return operation(*args, **(kwargs or {}))


def gelu_slope(x):
    return (erf(x / 2**0.5) + 1) / 2 + x * exp(-x * x / 2) / (2 * math.pi) ** 0.5


def silu_slope(x):
    s = (1 + exp(-x)).reciprocal()
    return s * (1 + x * (1 - s))


TABLE = {  # torch's function: value from x; slope from what torch keeps, x or y
    F.relu: (lambda x: x.clamp(min=0), lambda y: y > 0),
    F.leaky_relu: (lambda x: maximum(x, x / 100), lambda x: where(x > 0, 1, 0.01)),
    torch.sigmoid: (lambda x: (1 + exp(-x)).reciprocal(), lambda y: y * (1 - y)),
    tanh: (tanh, lambda y: 1 - y * y),
    F.elu: (lambda x: where(x > 0, x, exp(x) - 1), lambda x: where(x > 0, 1, exp(x))),
    F.silu: (lambda x: x / (1 + exp(-x)), silu_slope),
    F.gelu: (lambda x: x * (erf(x / 2**0.5) + 1) / 2, gelu_slope),
}

torch.set_default_dtype(torch.float64)
print("operations    value: plain, functions   slope: plain, functions   keeps    off")
for function, (value, slope) in TABLE.items():
    x = torch.linspace(-5, 5, 100)  # (100,)
    y = function(x.requires_grad_())  # (100,)
    keeps = "output" if hasattr(y.grad_fn, "_saved_result") else "input"
    (gradient,) = torch.autograd.grad(y.sum(), x)  # (100,)
    x, y = x.detach(), y.detach()
    with Count() as up:
        ours = value(x)  # (100,)
    with Count() as down:
        ours_slope = slope(y if keeps == "output" else x)  # (100,)
    off = max((ours - y).abs().max(), (ours_slope * 1.0 - gradient).abs().max())
    print(
        f"{function.__name__:<12}{up.plain:13d}{up.functions:11d}"
        f"{down.plain:15d}{down.functions:11d}   {keeps:<8}{off:.12f}"
    )
print("a linear layer with 1,024 inputs: 2,048 operations for one output")
