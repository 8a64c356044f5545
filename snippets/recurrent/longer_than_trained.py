"""A recurrent network runs at any length; what it learned need not hold there."""

import torch
from torch import nn


def changes(x):
    """Return 1 where an input differs from the one before: (N, L, 1)."""
    return torch.cat([x[:, :1], (x[:, 1:] != x[:, :-1]).double()], dim=1)


def count(x):
    """Return how many ones there were so far: (N, L, 1)."""
    return x.cumsum(dim=1)


def draw(length, number=32):
    return torch.randint(2, (number, length, 1)).double()  # (N, L, 1)


def trained(task, steps, width=16):
    """Return a tanh network trained on sequences of length 10."""
    torch.manual_seed(0)
    layer, readout = nn.RNN(1, width, batch_first=True), nn.Linear(width, 1)
    parameters = [*layer.parameters(), *readout.parameters()]
    optimizer = torch.optim.Adam(parameters, lr=0.01)
    for _ in range(steps):
        x = draw(10)
        loss = (readout(layer(x)[0]) - task(x)).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return lambda x: readout(layer(x)[0])


def counter(x):
    """A ReLU unit with both weights 1 and no bias: h_t = max(0, x_t + h_{t-1})."""
    layer = nn.RNN(1, 1, nonlinearity="relu", bias=False, batch_first=True)
    for weight in layer.parameters():
        nn.init.ones_(weight)
    return layer(x)[0]


torch.set_default_dtype(torch.float64)
print("right after the last step, length    10     20     50    200")
for name, task, network in [
    ("did the input change? trained", changes, trained(changes, 200)),
    ("how many ones? trained", count, trained(count, 250)),
    ("how many ones? set by hand", count, counter),
]:
    torch.manual_seed(1)
    row = f"{name:<31}"
    for length in (10, 20, 50, 200):
        x = draw(length, 500)
        with torch.no_grad():
            right = network(x)[:, -1].round() == task(x)[:, -1]  # (500, 1)
        row += f"{right.double().mean().item():7.2f}"
    print(row)
