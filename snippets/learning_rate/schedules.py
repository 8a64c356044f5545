"""Four schedules as formulas, compared with torch step by step."""

import random
from math import cos, pi

import torch
from torch.optim import lr_scheduler as torch_has


def step_decay(t, every, factor):
    """Return the rate at step t over the peak: times factor after `every` steps."""
    return factor ** (t // every)


def exponential(t, factor):
    """Return the same, times factor at every step."""
    return factor**t


def cosine(t, steps):
    """Return half a cosine, 1 to 0. Source: Loshchilov and Hutter 2016, equation 5."""
    if not 0 <= t <= steps:
        raise ValueError(f"step {t} of {steps}")
    return (1 + cos(pi * t / steps)) / 2


def warm_up_cosine(t, steps, warm):
    """Return a line that reaches 1 at step warm - 1, and a cosine from step warm on."""
    if not 0 < warm < steps:
        raise ValueError(f"a warm-up of {warm} steps in {steps}")
    return (t + 1) / warm if t < warm else cosine(t - warm, steps - warm)


def linear_then_cosine(optimizer, steps, warm):
    rise = torch_has.LinearLR(optimizer, 1 / warm, total_iters=warm - 1)
    fall = torch_has.CosineAnnealingLR(optimizer, steps - warm)
    return torch_has.SequentialLR(optimizer, [rise, fall], [warm])


random.seed(0)
for formula, make, settings in (
    (step_decay, torch_has.StepLR, lambda n: (random.randint(1, n), random.random())),
    (exponential, torch_has.ExponentialLR, lambda n: (random.random(),)),
    (cosine, torch_has.CosineAnnealingLR, lambda n: (n,)),
    (warm_up_cosine, linear_then_cosine, lambda n: (n, random.randint(1, n - 1))),
):
    gap = 0.0
    for _ in range(500):
        steps = random.randint(2, 10)
        chosen = settings(steps)
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
        scheduler = make(optimizer, *chosen)
        for t in range(steps):
            rate = optimizer.param_groups[0]["lr"]
            gap = max(gap, abs(rate - formula(t, *chosen)))
            optimizer.step()
            scheduler.step()
    print(f"{formula.__name__:<15} 500 random settings, largest gap {gap:.12f}")
