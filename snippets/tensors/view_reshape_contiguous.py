"""When view works, when reshape and flatten copy, and the rule behind both."""

import random
from itertools import pairwise

import torch


def is_one_run(shape, strides):
    """Return whether these axes can become one without moving data, as in view(-1).

    An axis joins the next if its stride is the next one's size times its stride. Axes
    of size 1 don't count. Different lengths: ValueError.
    Source: torch's documentation of Tensor.view.
    """
    if len(shape) != len(strides):
        raise ValueError(f"shape {tuple(shape)} and strides {tuple(strides)}")
    axes = [(size, stride) for size, stride in zip(shape, strides) if size != 1]
    if 0 in shape:
        return True
    return all(a[1] == b[0] * b[1] for a, b in pairwise(axes))


def attempt(make, x):
    """Return the shape that make gives, and whether in the memory of x."""
    try:
        y = make(x)
    except RuntimeError:
        return "refused"
    return f"{tuple(y.shape)!s:<11}{'view' if y.data_ptr() == x.data_ptr() else 'copy'}"


x = torch.arange(24).view(2, 3, 4)  # (2, 3, 4)
for name, t in {
    "x": x,
    "x[:, :2]": x[:, :2],
    "x.transpose(0, 2)": x.transpose(0, 2),
}.items():
    print(f"{name}: shape {tuple(t.shape)}, strides {t.stride()}")
    for operation, make in {
        "view(-1)": lambda t: t.view(-1),
        "reshape(-1)": lambda t: t.reshape(-1),
        "view(len(t), -1)": lambda t: t.view(len(t), -1),
        "flatten(1)": lambda t: t.flatten(1),
    }.items():
        print(f"    {operation:<18}{attempt(make, t)}")
try:
    x.view(7, -1)
except RuntimeError as error:
    print(f"x.view(7, -1): {error}")

draw, wrong = random.Random(0), 0
for _ in range(2000):
    t = torch.empty([draw.randint(1, 4) for _ in range(4)], device="meta")
    t = t.permute(draw.sample(range(4), 4))[..., :: draw.randint(1, 2)]
    allowed = attempt(lambda t: t.view(-1), t) != "refused"
    wrong += allowed != is_one_run(t.shape, t.stride())
print(f"2000 random tensors: the rule and view(-1) differ on {wrong}")
