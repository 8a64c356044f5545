"""The best model of a run kept in five ways, two of which keep the last one instead."""

import io
from copy import deepcopy

import torch
from torch import nn


def keep(net):
    """Return the state of a network, kept in each of the ways."""
    file = io.BytesIO()
    torch.save(net.state_dict(), file)
    file.seek(0)
    return {
        "net.state_dict()": net.state_dict(),
        "a copy of the dict": dict(net.state_dict()),
        "clones of the tensors": {k: v.clone() for k, v in net.state_dict().items()},
        "a deep copy": deepcopy(net.state_dict()),
        "a file": torch.load(file),
    }


def error(net):
    """Return the mean squared error on the examples held out."""
    with torch.no_grad():
        return nn.functional.mse_loss(net(x_held_out), y_held_out).item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
truth = torch.randn(20, 1)  # (D, 1)
x, x_held_out = torch.randn(24, 20), torch.randn(200, 20)  # (N, D): few to learn from
y, y_held_out = (a @ truth + 2 * torch.randn(len(a), 1) for a in (x, x_held_out))
net = nn.Linear(20, 1)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
lowest = float("inf")
for step in range(1, 1001):
    optimizer.zero_grad()
    nn.functional.mse_loss(net(x), y).backward()
    optimizer.step()
    if error(net) < lowest:
        lowest, best_step, kept = error(net), step, keep(net)

print(f"error {lowest:.1f} at step {best_step}, {error(net):.1f} at step {step}; kept:")
for way, state in kept.items():
    net = nn.Linear(20, 1)
    net.load_state_dict(state)
    print(f"{way:<21} error {error(net):.1f}")
