"""Frozen weights move all the same: a gradient of 0 doesn't stop an optimizer."""

import torch
from torch import nn


def moved(name, cured, seed=0, steps=10, **options):
    """Return how far a layer moves, in its own size, after it was frozen at step 5."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(6, 9), nn.Tanh(), nn.Linear(9, 1))
    x, y = torch.randn(40, 6), torch.randn(40, 1)  # (N, D), (N, 1)
    optimizer = getattr(torch.optim, name)(net.parameters(), 0.05, **options)
    frozen = net[0].weight
    for step in range(steps):
        if step == 5:
            start = frozen.detach().clone()
            if cured:
                net[0].requires_grad_(False)
        loss = nn.functional.mse_loss(net(x), y)
        optimizer.zero_grad()  # sets gradients to None
        loss.backward()
        if step >= 5 and not cured:
            frozen.grad.zero_()
        optimizer.step()
    return ((frozen.detach() - start).norm() / start.norm()).item()


torch.set_default_dtype(torch.float64)
print("moved by, in 5 steps           gradient of 0   requires_grad_(False)")
for text, name, options in (
    ("SGD", "SGD", {}),
    ("SGD, momentum 0.9", "SGD", {"momentum": 0.9}),
    ("SGD, weight decay 0.1", "SGD", {"weight_decay": 0.1}),
    ("Adam", "Adam", {}),
    ("AdamW, weight decay 0.1", "AdamW", {"weight_decay": 0.1}),
):
    wrong, right = (moved(name, cured, **options) for cured in (False, True))
    print(f"{text:<31}{wrong:13.3f}{right:24.3f}")
