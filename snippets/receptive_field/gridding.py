"""Dilated layers can leave holes: which inputs of its field an output really sees."""

import torch
import torch.nn.functional as F


def paths(dilations, kernel=3):
    """Return for each input of the field the number of ways from it to the output."""
    size = 1 + sum((kernel - 1) * d for d in dilations)
    x = y = torch.ones(1, 1, size, dtype=torch.float64, requires_grad=True)
    for d in dilations:
        weight = torch.ones(1, 1, kernel, dtype=torch.float64)
        y = F.conv1d(y, weight, dilation=d)
    (count,) = torch.autograd.grad(y.sum(), x)  # (1, 1, size): y is a single number
    return count[0, 0].long().tolist()


for dilations in (
    (1, 1, 1),
    (2, 2, 2),
    (1, 2, 4),
    (2, 4, 8),
    (1, 3, 9),
    (1, 2, 4, 2, 1),
):
    count = paths(dilations)
    seen = sum(c > 0 for c in count)
    row = "".join("#" if c else "." for c in count)
    name = ", ".join(map(str, dilations))
    print(f"{name:<14}{row:<32}{seen**2:4d} of {len(count) ** 2:4d} pixels")
