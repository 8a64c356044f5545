"""A solution: each convolution adds its kernel, but for one position."""

import random

import torch


def field(kernels):
    """Return how many inputs one output of convolutions of stride 1 sees."""
    return 1 + sum(kernel - 1 for kernel in kernels)


# The check
random.seed(0)
wrong = ""
for _ in range(200):
    kernels = [random.randint(1, 5) for _ in range(random.randint(1, 6))]
    convolutions = [torch.nn.Conv1d(1, 1, k, device="meta") for k in kernels]
    positions = torch.empty(1, 1, 100, device="meta")  # (N, C, L)
    left = torch.nn.Sequential(*convolutions)(positions).shape[2]
    if (answer := field(kernels)) != 101 - left:
        wrong = f"not yet: kernels {kernels} see {101 - left}, field() gives {answer}"
        break
print(wrong or "right: 200 stacks agree with torch")
