"""The gain that torch recommends for an activation, and what many layers do with it."""

import torch
import torch.nn.functional as F
from torch import nn

CONVS = [f"conv{t}{n}d" for t in ("", "_transpose") for n in (1, 2, 3)]
GAINS = dict.fromkeys(["linear", "sigmoid", *CONVS], 1.0)
GAINS |= {"tanh": 5 / 3, "relu": 2**0.5, "selu": 3 / 4}


def gain(nonlinearity, slope=0.01):
    """Return the factor that multiplies the deviation 1 / sqrt(fan) of the weights.

    slope: that of "leaky_relu" below 0. An unknown name or no number: ValueError.
    Source: the table of torch.nn.init.calculate_gain.
    """
    if nonlinearity == "leaky_relu" and type(slope) in (int, float):
        return (2 / (1 + slope**2)) ** 0.5
    if nonlinearity not in GAINS:
        raise ValueError(f"no gain for {nonlinearity} with slope {slope}")
    return GAINS[nonlinearity]


def after_layers(f, gain, layers):
    """Return where very wide layers lead, with weights of deviation gain / sqrt(fan).

    First, the root mean square of the last f(z), for inputs of mean square 1 and no
    biases; then, by what the last layer multiplies the root mean square of gradients.
    Source: Schoenholz et al. 2016 (arXiv 1611.01232), where chi is the latter's square.
    """
    if gain <= 0 or layers < 1:
        raise ValueError(f"expected gain > 0, layers >= 1, got {gain} and {layers}")
    normal = torch.linspace(-9, 9, 20_001)  # (Z,)
    share = torch.softmax(-(normal**2) / 2, dim=0)  # (Z,): of a normal variable
    size = 1.0
    for _ in range(layers):
        z = (gain * size * normal).requires_grad_()  # (Z,)
        size = (share * f(z.detach()) ** 2).sum().sqrt().item()
    (slope,) = torch.autograd.grad(f(z).sum(), z)  # (Z,)
    return size, gain * (share * slope**2).sum().sqrt().item()


torch.set_default_dtype(torch.float64)
off = max(abs(gain(n) - nn.init.calculate_gain(n)) for n in [*GAINS, "leaky_relu"])
print(f"{len(GAINS) + 1} names, off from torch's gains by {off:.12f}")
print("activation   gain     size after 10 and 50 layers   gradient, times a layer")
for f, g in (
    (F.relu, gain("relu")),
    (torch.tanh, 1.0),
    (torch.tanh, gain("tanh")),
    (F.selu, gain("selu")),
    (F.selu, gain("linear")),
    (torch.sigmoid, gain("sigmoid")),
    (F.gelu, gain("relu")),
    (F.silu, gain("relu")),
):
    (ten, _), (fifty, growth) = (after_layers(f, g, layers) for layers in (10, 50))
    print(f"{f.__name__:<10}{g:7.2f}{ten:23.2f}{fifty:9.2f}{growth:26.2f}")
