"""A solution: note the mode of every module, and give each its own back."""

import copy
import random

import torch
from torch import nn


def evaluate(model, x):
    """Return the outputs for x (N, D) that the network gives in use, without a graph.

    Afterward every module of the network is in the mode it was in.
    """
    modes = {module: module.training for module in model.modules()}
    model.eval()
    with torch.no_grad():
        outputs = model(x)  # (N, C)
    for module, mode in modes.items():
        module.training = mode
    return outputs


# The check
random.seed(0)
torch.manual_seed(0)
torch.set_printoptions(precision=2)
wrong = ""
for n in range(20):
    inner = nn.Sequential(nn.Linear(6, 6), nn.BatchNorm1d(6))
    model, x = nn.Sequential(inner, nn.Dropout(0.5), nn.Linear(6, 2)), torch.randn(9, 6)
    model(x)  # moves the running statistics
    for module in model.modules():
        module.training = random.random() < 0.7  # the others are frozen
    before, modes = copy.deepcopy(model), [m.training for m in model.modules()]
    expected = copy.deepcopy(model).eval()(x).detach()  # (N, C)
    answer, after = evaluate(model, x), [m.training for m in model.modules()]
    pairs = zip(model.state_dict().values(), before.state_dict().values(), strict=True)
    if answer is None or not torch.allclose(answer, expected):
        got = None if answer is None else answer[0]
        wrong = wrong or f"network {n}: expected\n{expected[0]}\ngot\n{got}"
    elif answer.requires_grad or not torch.is_grad_enabled():
        wrong = wrong or f"network {n}: expected a graph later, none now; got otherwise"
    elif after != modes:
        wrong = wrong or f"network {n}: expected the modes {modes}, got {after}"
    elif not all(torch.equal(now, then) for now, then in pairs):
        wrong = wrong or f"network {n}: expected the same state, got another"
print(f"not yet: {wrong}" if wrong else "right: 20 networks answer, and are as before")
