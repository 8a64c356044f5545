"""Inverted dropout in NumPy, compared with PyTorch on a mask that PyTorch drew."""

import numpy as np
import torch
import torch.nn.functional as F


def draw_mask(shape, p_drop, rng):
    """Return a mask of this shape, True where a value is kept: with chance 1 - p_drop.

    p_drop: the probability of dropping; outside of 0 to 1, or nan: ValueError.
    """
    if not 0 <= p_drop <= 1:
        raise ValueError(f"p_drop has to be between 0 and 1, got {p_drop}")
    return rng.random(shape) >= p_drop


def dropout(x, mask, p_drop):
    """Return x where the mask is True, divided by 1 - p_drop, and 0 elsewhere.

    x, mask: one shape, any. mask: bool. Another shape, another type or a p_drop outside
    of 0 to 1: ValueError. Source: torch.nn.Dropout; Srivastava et al. 2014, section 10.
    """
    if not 0 <= p_drop <= 1:
        raise ValueError(f"p_drop has to be between 0 and 1, got {p_drop}")
    if mask.shape != x.shape or mask.dtype != bool:
        raise ValueError(f"x is {x.shape}, the mask {mask.shape} of {mask.dtype}")
    if p_drop == 1:  # nothing is kept, and 0 / 0 would be nan
        return np.zeros_like(x)
    return x * mask / (1 - p_drop)


rng = np.random.default_rng(0)
x = np.array([[1.0, 2.0, 3.0, 4.0, 5.0], [1.0, 2.0, 3.0, 4.0, 5.0]])  # (N, D)
p_drop = 0.2

for step in (1, 2):
    y = dropout(x, draw_mask(x.shape, p_drop, rng), p_drop)  # (N, D)
    print(f"training, step {step}       {y[0]}   {y[1]}")
print(f"evaluation             {x[0]}   {x[1]}")

steps = np.tile(x, (50_000, 1, 1))  # (steps, N, D)
mean = dropout(steps, draw_mask(steps.shape, p_drop, rng), p_drop).mean(0)  # (N, D)
print(f"mean of 50,000 steps   {mean[0].round(1)}   {mean[1].round(1)}")

torch.manual_seed(0)
x = rng.normal(size=(300, 70))  # (N, D)
theirs = F.dropout(torch.tensor(x), p_drop).numpy()  # (N, D)
off = np.abs(dropout(x, theirs != 0, p_drop) - theirs).max()
print(f"largest difference from torch: {off:.12f}")
