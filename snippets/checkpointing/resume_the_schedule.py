"""The learning rate after a resume, by what was restored and in which order."""

from copy import deepcopy

import torch
from torch.optim.lr_scheduler import LinearLR, StepLR


def new_optimizer():
    return torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.1)


def warm_up(optimizer, last_epoch=-1):
    """Raise the rate from a tenth to the whole over 9 steps."""
    return LinearLR(optimizer, 0.1, total_iters=9, last_epoch=last_epoch)


def rates(optimizer, schedule, steps):
    """Return the learning rates of the next steps."""
    used = []
    for _ in range(steps):
        used.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return used


def resume(way):
    """Return a new optimizer and its schedule, restored in one of several ways."""
    optimizer, (for_optimizer, for_schedule) = new_optimizer(), deepcopy(saved)
    if way in ("schedule made last", "last_epoch=3", "last_epoch=4"):
        optimizer.load_state_dict(for_optimizer)
    if way.startswith("last_epoch="):
        return optimizer, warm_up(optimizer, last_epoch=int(way[-1]))
    schedule = warm_up(optimizer)  # sets the rate of a first step
    if way in ("both made first", "schedule not loaded"):
        optimizer.load_state_dict(for_optimizer)
    if way != "schedule not loaded":
        schedule.load_state_dict(for_schedule)
    return optimizer, schedule


def show(name, used):
    print(f"{name:<21}" + "".join(f"{rate:7.3f}" for rate in used))


optimizer = new_optimizer()
schedule = warm_up(optimizer)
rates(optimizer, schedule, steps=4)
saved = deepcopy((optimizer.state_dict(), schedule.state_dict()))
show("never stopped", rates(optimizer, schedule, steps=7))
for way in ("both made first", "last_epoch=3", "last_epoch=4"):
    show(way, rates(*resume(way), steps=7))
for way in ("schedule made last", "optimizer not loaded", "schedule not loaded"):
    show(way, rates(*resume(way), steps=7))

optimizer = new_optimizer()
rates(optimizer, StepLR(optimizer, 4), steps=4)  # 0.1, and from step 4 on 0.01
show("StepLR, last_epoch=3", rates(optimizer, StepLR(optimizer, 4, last_epoch=3), 3))
