"""What weight_decay does in four optimizers: a penalty in the loss, or shrinking."""

import inspect

import torch
from torch import optim

LR, DECAY = 0.01, 0.1


def run(make, options, how, steps=50):
    """Return weights (D,) after steps on noisy gradients, with decay added in one way.

    how: "weight_decay", the optimizer's own; "penalty", DECAY / 2 times the sum of
    squares in the loss; "whole square", without the half; "shrink", w times
    1 - LR DECAY before each step.
    """
    if how not in ("weight_decay", "penalty", "whole square", "shrink"):
        raise ValueError(f"no way to decay: {how!r}")
    generator = torch.Generator().manual_seed(0)
    w = torch.ones(4, requires_grad=True)  # (D,)
    decay = DECAY if how == "weight_decay" else 0
    optimizer = make([w], lr=LR, weight_decay=decay, **options)
    for _ in range(steps):
        noise = torch.randn(4, generator=generator)  # (D,)
        loss = noise @ w
        if how in ("penalty", "whole square"):
            loss = loss + w.square().sum() * (DECAY / 2 if how == "penalty" else DECAY)
        optimizer.zero_grad()
        loss.backward()
        if how == "shrink":
            with torch.no_grad():
                w *= 1 - LR * DECAY
        optimizer.step()
    return w.detach()


torch.set_default_dtype(torch.float64)
print("                default   the same as   without   the same as")
print("           weight_decay   the penalty    its 1/2   shrinking")
for name, make, options in (
    ("SGD", optim.SGD, {}),
    ("SGD, 0.9", optim.SGD, {"momentum": 0.9}),
    ("Adam", optim.Adam, {}),
    ("AdamW", optim.AdamW, {}),
):
    default = inspect.signature(make).parameters["weight_decay"].default
    own = run(make, options, "weight_decay")  # (D,)
    same = [
        "yes" if torch.allclose(own, run(make, options, how)) else "no"
        for how in ("penalty", "whole square", "shrink")
    ]
    print(f"{name:<11}{default:12.2f}{same[0]:>14}{same[1]:>11}{same[2]:>12}")
