"""A schedule counts calls of step(): planned in epochs, called for every batch."""

import warnings

import torch
from torch.optim import lr_scheduler

EPOCHS, BATCHES = 10, 8


def optimizer():
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0, momentum=0.9)


def rates(make, calls):
    """Return the rate before the first call of step() and after each."""
    steps = optimizer()
    scheduler = make(steps)
    row = scheduler.get_last_lr()
    for _ in range(calls):
        steps.step()
        scheduler.step()
        row += scheduler.get_last_lr()
    return row


print("rate in epoch                      0     1     2     3     4     5     6")
for name, make in {
    "StepLR(o, 4)": lambda o: lr_scheduler.StepLR(o, 4),
    "ExponentialLR(o, 0.9)": lambda o: lr_scheduler.ExponentialLR(o, 0.9),
    "CosineAnnealingLR(o, 10)": lambda o: lr_scheduler.CosineAnnealingLR(o, EPOCHS),
    "LinearLR(o)": lambda o: lr_scheduler.LinearLR(o),
}.items():
    by_epoch = rates(make, EPOCHS)
    by_batch = rates(make, EPOCHS * BATCHES)[::BATCHES]
    print(f"{name:<25}meant" + "".join(f"{rate:6.2f}" for rate in by_epoch[:7]))
    print(f"{'':<25}got  " + "".join(f"{rate:6.2f}" for rate in by_batch[:7]))

try:
    rates(lambda o: lr_scheduler.OneCycleLR(o, 1.0, EPOCHS), EPOCHS * BATCHES)
except ValueError as error:
    print(f"OneCycleLR: {error}")

one = optimizer()
lr_scheduler.OneCycleLR(one, 1.0, EPOCHS)
print(
    f"OneCycleLR has set the momentum of 0.9 to {one.param_groups[0]['momentum']:.2f}"
)

with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    late = lr_scheduler.StepLR(one := optimizer(), 4)
    late.step()
    one.step()
print(f"step() in the wrong order: {str(caught[0].message).split('. ')[0]}")
