"""Exercise: how the scale of the loss moves, as gradients overflow or do not."""

import random

import torch


def scales(finite, scale, growth, backoff, interval):
    """Return the scale after each step, as a list of numbers.

    finite: of each step, are its gradients? growth: the factor after `interval` good
    steps in a row; backoff: the factor after a bad one.
    """
    ...  # your turn


# The check
random.seed(0)
wrong = ""
for _ in range(30):
    finite = [random.random() < 0.8 for _ in range(random.randint(5, 30))]
    scale, interval = 2.0 ** random.randint(5, 20), random.randint(1, 5)
    growth, backoff = 2.0 ** random.randint(1, 3), 0.5 ** random.randint(1, 3)
    scaler = torch.amp.GradScaler("cpu", scale, growth, backoff, interval)
    weight = torch.zeros(1, requires_grad=True)
    optimizer, expected = torch.optim.SGD([weight]), []
    for fine in finite:
        scaler.scale(weight.sum()).backward()
        weight.grad = torch.tensor([1.0 if fine else float("inf")])
        scaler.step(optimizer)
        scaler.update()
        expected.append(scaler.get_scale())
    if (answer := scales(finite, scale, growth, backoff, interval)) != expected:
        steps = "".join("+" if fine else "-" for fine in finite)
        case = f"{steps} from {scale:.0f} by {growth:.0f}, {backoff}, each {interval}"
        wrong = f"not yet: {case}:\nexpected {expected}\ngot {answer}"
        break
print(wrong or "right: 30 runs agree with torch's GradScaler")
