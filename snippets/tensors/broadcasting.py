"""The shape that broadcasting gives, or refuses, against torch on 2,000 pairs."""

import random

import torch


def broadcast_shape(first, second):
    """Return the shape of an elementwise result.

    Aligned at the right, sizes agree or one of them is 1 or missing; else ValueError.
    Source: torch's documentation, "Broadcasting semantics".
    """
    axes = max(len(first), len(second))
    padded = [(1,) * (axes - len(shape)) + tuple(shape) for shape in (first, second)]
    for a, b in zip(*padded):
        if a != b and 1 not in (a, b):
            raise ValueError(f"{tuple(first)} and {tuple(second)}: {a} against {b}")
    return tuple(b if a == 1 else a for a, b in zip(*padded))


def attempt(function, *shapes):
    try:
        return tuple(function(*shapes))
    except (ValueError, RuntimeError):
        return "error"


print("        x             y      x + y")
for name, first, second in (
    ("a bias for each feature", (8, 5), (5,)),
    ("a mean for each example, wrong", (8, 5), (8,)),
    ("a mean for each example", (8, 5), (8, 1)),
    ("a mean for each channel, wrong", (8, 3, 6, 7), (3,)),
    ("a mean for each channel", (8, 3, 6, 7), (3, 1, 1)),
    ("every x with every y", (8, 1), (5,)),
    ("a scalar", (8, 5), ()),
    ("an empty batch", (0, 5), (1, 5)),
):
    shapes = f"{first!s:>13} {second!s:>9}"
    print(f"{shapes}   {attempt(broadcast_shape, first, second)!s:<14}{name}")

draw, wrong, refused = random.Random(0), 0, 0
for _ in range(2000):
    pair = [draw.choices((0, 1, 1, 1, 2, 3), k=draw.randint(0, 4)) for _ in range(2)]
    expected = attempt(lambda a, b: (torch.empty(a) + torch.empty(b)).shape, *pair)
    wrong += attempt(broadcast_shape, *pair) != expected
    refused += expected == "error"
print(f"2000 random pairs, {refused} of them refused: {wrong} differ from torch")
