"""A penalty has to raise the loss and to change the step: two checks, not one."""

import copy
from functools import partial

import torch
import torch.nn.functional as F
from torch import nn


def penalty(model, decay):
    """Return decay / 2 times the sum of all squared parameters: a scalar.

    Its gradient, decay times the parameter, is what `weight_decay` adds in SGD.
    A negative decay: ValueError.
    """
    if decay < 0:
        raise ValueError(f"expected a decay of at least 0, got {decay}")
    return decay / 2 * sum(w.square().sum() for w in model.parameters())


def step(start, loss_of, rate=0.1, decay=0.0):
    """Return the loss before a step of SGD, and all parameters after it (P,)."""
    model = copy.deepcopy(start)
    optimizer = torch.optim.SGD(model.parameters(), rate, weight_decay=decay)
    loss = loss_of(model)
    loss.backward()
    optimizer.step()
    return loss.item(), nn.utils.parameters_to_vector(model.parameters()).detach()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
y = torch.arange(300) % 10  # (N,)
x = (torch.randn(10, 20)[y] + torch.randn(300, 20)) / 4  # (N, D): ten clouds
start = nn.Sequential(nn.Linear(20, 50), nn.ReLU(), nn.Linear(50, 10))


def with_term(term):
    """Return a function of a model: its loss on the data plus term(model)."""
    return lambda model: F.cross_entropy(model(x), y) + term(model)


print("decay                       0.001    0.1      1")
rows = {"loss": "", "  with the penalty": "", "  with a penalty detached": ""}
away = {"penalty in the loss": "", "penalty detached": ""}
for decay in (0.001, 0.1, 1.0):
    of = partial(penalty, decay=decay)
    plain, wanted = step(start, with_term(lambda _: 0), decay=decay)
    whole, right = step(start, with_term(of))
    idle, wrong = step(start, with_term(lambda model, of=of: of(model).detach()))
    for name, loss in zip(rows, (plain, whole, idle), strict=True):
        rows[name] += f"{loss:7.3f}"
    for name, weights in zip(away, (right, wrong), strict=True):
        away[name] += f"{(weights - wanted).norm():7.3f}"
print("\n".join(f"{name:<26}{row}" for name, row in rows.items()))
print("distance from a step with weight_decay=decay")
print("\n".join(f"  {name:<24}{row}" for name, row in away.items()))
