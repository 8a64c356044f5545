"""The receptive field of a stack of layers, its stride and start, by formula."""

import random

import torch
import torch.nn.functional as F


def receptive_field(layers):
    """Return (size, stride, start) along one axis, in inputs.

    layers: [(kernel, stride, padding, dilation), ...], the first one first. Output i
    sees `size` inputs from start + i * stride on; a negative place is padding.
    An impossible layer: ValueError. Source: Araujo, Norris and Sim 2019, section 2.
    """
    size, stride, start = 1, 1, 0
    for layer in layers:
        kernel, step, padding, dilation = layer
        if min(kernel, step, dilation) < 1 or padding < 0:
            raise ValueError(f"no (kernel, stride, padding, dilation): {layer}")
        size += (kernel - 1) * dilation * stride
        start -= padding * stride
        stride *= step
    return size, stride, start


def seen(layers, length, output):
    """Return the first and last of `length` inputs on which an output depends."""
    x = y = torch.ones(1, 1, length, dtype=torch.float64, requires_grad=True)
    for kernel, stride, padding, dilation in layers:
        weight = torch.ones(1, 1, kernel, dtype=torch.float64)
        y = F.conv1d(y, weight, None, stride, padding, dilation)
    (gradient,) = torch.autograd.grad(y[0, 0, output], x)  # (1, 1, length)
    places = gradient[0, 0].nonzero()
    return places[0].item(), places[-1].item()


for name, layers in {
    "one 3-wide layer": [(3, 1, 1, 1)],
    "three of them": [(3, 1, 1, 1)] * 3,
    "the same at stride 2": [(3, 2, 1, 1)] * 3,
    "dilation 1, 2, 4": [(3, 1, d, d) for d in (1, 2, 4)],
}.items():
    size, stride, start = receptive_field(layers)
    print(f"{name:<22}size {size:2d}   stride {stride}   start {start:3d}")

draw, wrong = random.Random(0), 0
for _ in range(2000):
    ranges = ((1, 5), (1, 3), (0, 2), (1, 3))  # kernel, stride, padding, dilation
    layers = [
        tuple(draw.randint(*r) for r in ranges) for _ in range(draw.randint(1, 4))
    ]
    size, stride, start = receptive_field(layers)
    output = -(start // stride) + draw.randint(0, 2)  # far enough from the border
    first = start + output * stride
    wrong += seen(layers, first + size + 40, output) != (first, first + size - 1)
print(f"2000 random stacks against gradients: {wrong} differ")
