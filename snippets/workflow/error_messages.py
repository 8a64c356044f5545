"""Error messages of a first run, and the call that cures each."""

import textwrap

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.data import default_collate

torch.manual_seed(0)
logits, net = torch.randn(3, 10), nn.Linear(4, 10)  # (N, K)
table = np.ones((3, 4))  # (N, D): float64, NumPy's default
whole, real = torch.tensor([10, 3, 1]), torch.tensor([9.0, 2.0, 0.0])  # (N,)
images = [torch.zeros(3, 28, 28), torch.zeros(3, 28, 30)]  # (C, H, W) each
weight = torch.ones(2, requires_grad=True)  # (D,)

CASES = (
    (
        "labels from 1 to 10",
        lambda: F.cross_entropy(logits, whole),
        lambda: F.cross_entropy(logits, whole - 1),
    ),
    (
        "labels read as floats",
        lambda: F.cross_entropy(logits, real),
        lambda: F.cross_entropy(logits, real.long()),
    ),
    (
        "inputs from NumPy",
        lambda: net(torch.from_numpy(table)),
        lambda: net(torch.from_numpy(table).float()),
    ),
    (
        "images of several sizes",
        lambda: default_collate(images),
        lambda: default_collate([image[:, :, :28] for image in images]),
    ),
    ("a plot of weights", weight.numpy, lambda: weight.detach().numpy()),
    ("a tensor as a condition", lambda: bool(real > 1), lambda: bool((real > 1).any())),
)


def message(call):
    """Return the type and the text of the error that a call raises, or "" for none."""
    try:
        call()
    except Exception as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return ""


for name, wrong, right in CASES:
    print(f"{name}{' (cured: no error)' if not message(right) else ''}")
    print(textwrap.indent(textwrap.fill(message(wrong), 80), "    "))
