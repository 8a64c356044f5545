"""Exercise: accumulate the gradient of a mean over tokens that is cut into parts."""

import random

import torch
from torch import nn
from torch.nn.functional import cross_entropy


def accumulate(model, parts):
    """Leave in .grad the gradient of the mean loss over all tokens that count.

    parts: pairs of x (N, D) and labels (N,), where -100 marks a token that does not.
    """
    ...  # your turn


# The check
random.seed(0)
torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
wrong = ""
for _ in range(30):
    model, parts = nn.Linear(5, 4), []
    for _ in range(random.randint(2, 4)):
        labels = torch.randint(4, (random.randint(3, 9),))  # (N,)
        labels[random.randint(0, 4) :] = -100
        parts.append((torch.randn(len(labels), 5), labels))
    parts[0][1][0] = 2  # at least one token counts
    whole, labels = (torch.cat(tensors) for tensors in zip(*parts, strict=True))
    expected = torch.autograd.grad(cross_entropy(model(whole), labels), model.weight)[0]
    model.weight.grad = torch.ones(4, 5)  # of the step before
    accumulate(model, parts)
    got = torch.zeros(4, 5) if model.weight.grad is None else model.weight.grad
    if not torch.allclose(got, expected):
        counts = [int((some >= 0).sum()) for _, some in parts]
        row = f"expected\n{expected[0]}\ngot\n{got[0]}"
        wrong = f"not yet: parts with {counts} tokens that count, class 0: {row}"
        break
print(wrong or "right: 30 batches in parts have the gradient of the whole")
