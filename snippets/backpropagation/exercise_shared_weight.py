"""Exercise: the gradient by a weight that is used once in every step."""

import random

import torch


def gradient(w, inputs):
    """Return dh/dw for the last h of h = tanh(w * h + x), from h = 0.

    w: a number; inputs: the x of each step, numbers. In plain Python, no autograd.
    """
    ...  # your turn


# The check
random.seed(0)
wrong = ""
for _ in range(200):
    inputs = [random.gauss(0, 1) for _ in range(random.randint(1, 8))]
    w = torch.tensor(random.uniform(-2, 2), dtype=torch.float64, requires_grad=True)
    h = torch.zeros((), dtype=torch.float64)
    for x in inputs:
        h = torch.tanh(w * h + x)
    h.backward()
    answer = gradient(w.item(), inputs)
    if answer is None or abs(answer - w.grad.item()) > 1e-8:
        wrong = f"not yet: {len(inputs)} steps, expected {w.grad:.4f}, got {answer}"
        break
print(wrong or "right: 200 sequences agree with torch")
