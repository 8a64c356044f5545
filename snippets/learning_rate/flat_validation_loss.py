"""A flat validation loss has many causes; the training loss and a changed rate tell."""

import copy

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce


def data(count, seed, signal=1.0):
    """Return x (N, D) and y (N,): classes drawn with a chance that depends on x."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(count, 16, generator=generator)  # (N, D)
    score = signal * (3 * x[:, 0] + 2 * x[:, 1] * x[:, 2])  # (N,)
    return x, (torch.rand(count, generator=generator) < score.sigmoid()).double()


def descend(network, x, y, rate, steps=100):
    """Take steps of SGD on batches of 32."""
    for step in range(steps):
        part = torch.arange(32 * step, 32 * (step + 1)) % len(x)  # (32,)
        loss = bce(network(x[part])[:, 0], y[part])
        network.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in network.parameters():
                parameter -= rate * parameter.grad


def loss_on(network, examples):
    x, y = examples  # (N, D), (N,)
    return bce(network(x)[:, 0], y).item()


torch.set_default_dtype(torch.float64)
print("                    training      validation     100 more steps, validation")
print("after steps         0    200      100    200     rate/100   same  rate x 100")
for name, rate, count, signal in (
    ("rate too small", 1e-4, 2048, 1.0),
    ("rate too large", 3, 2048, 1.0),
    ("all is learned", 0.3, 2048, 1.0),
    ("labels by chance", 0.03, 512, 0.0),
):
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(16, 64), nn.ReLU(), nn.Linear(64, 1))
    train, test = data(count, 0, signal), data(4096, 1, signal)
    start = loss_on(network, train)
    descend(network, *train, rate)
    half = loss_on(network, test)
    descend(network, *train, rate)
    row = [start, loss_on(network, train), half, loss_on(network, test)]
    for factor in (0.01, 1, 100):
        again = copy.deepcopy(network)
        descend(again, *train, factor * rate)
        row.append(loss_on(again, test))
    cells = [f"{loss:.2f}" if loss < 1 else "> 1" for loss in row]
    print(f"{name:<17}" + "{:>5}{:>6}{:>9}{:>7}{:>12}{:>8}{:>10}".format(*cells))
