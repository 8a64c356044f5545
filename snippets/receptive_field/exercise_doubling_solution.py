"""A solution: with each layer the field doubles and gains one."""

import torch
from torch import nn


def layers_to_see(n):
    """Return how many layers of dilation 1, 2, 4, ... it takes to see n inputs."""
    count = 0
    while 2 ** (count + 1) - 1 < n:
        count += 1
    return count


# The check
def seen(count):
    """Return how many inputs an output sees, from the positions that layers lose."""
    layers = [nn.Conv1d(1, 1, 3, dilation=2**k, device="meta") for k in range(count)]
    positions = torch.empty(1, 1, 1000, device="meta")  # (N, C, L)
    return 1001 - nn.Sequential(*layers)(positions).shape[2]


wrong = ""
for n in range(1, 400):
    least = next(count for count in range(9) if seen(count) >= n)
    if (answer := layers_to_see(n)) != least:
        wrong = f"not yet: {n} inputs take {least} layers, got {answer}"
        break
print(wrong or "right: from 1 to 399 inputs, as torch's layers see them")
