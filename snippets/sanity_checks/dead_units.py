"""Units of ReLU that never fire: how many are counted, and that they stay dead."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def never_fire(hidden):
    """Return the share of units, of hidden (N, D), that are 0 or less for all examples.

    hidden: the layer's output before or after ReLU. Without examples: ValueError.
    """
    if len(hidden) == 0:
        raise ValueError(f"no examples in hidden of shape {tuple(hidden.shape)}")
    return (hidden <= 0).all(dim=0).double().mean().item()


def train(rate, rescue=None, steps=40):
    """Return (share of dead units at first, at last, at last on 8 images, loss).

    rescue: a rate for as many steps more.
    """
    torch.manual_seed(0)
    first, last = nn.Linear(64, 50), nn.Linear(50, 10)
    optimizer = torch.optim.SGD([*first.parameters(), *last.parameters()], rate)
    share = never_fire(first(x))
    for step in range(2 * steps if rescue else steps):
        if step == steps:
            optimizer.param_groups[0]["lr"] = rescue
        loss = F.cross_entropy(last(first(x).relu()), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return share, never_fire(first(x)), never_fire(first(x[:8])), loss.item()


torch.set_default_dtype(torch.float64)
pixels, labels = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
x, y = pixels[:250] / 16, labels[:250]  # (N, D), (N,)
print("share of units that fire for no image   at first   at last   on 8   loss")
for name, settings in {
    "rate 0.5": {"rate": 0.5},
    "rate 2": {"rate": 2.0},
    "  and 40 more steps at rate 0.5": {"rate": 2.0, "rescue": 0.5},
    "rate 10": {"rate": 10.0},
    "  and 40 more steps at rate 0.5 ": {"rate": 10.0, "rescue": 0.5},
}.items():
    before, after, few, loss = train(**settings)
    print(f"{name:<40}{before:8.2f}{after:10.2f}{few:7.2f}{loss:7.2f}")
