"""Sizes by layer of weights, gradients and updates: one network learns, one hardly."""

from functools import partial

import torch
from torch import nn


def run(activation, init, steps=100):
    """Train with Adam; return tables of the first and last step, and the accuracy.

    A table: for each layer |gradient|, |gradient| / |w| and |update| / |w|.
    """
    torch.manual_seed(0)
    x = torch.randn(256, 20)  # (N, D)
    y = (x[:, :1] * x[:, 1:2] > 0).double()  # (N, 1)
    layers = [nn.Linear(20, 32), *(nn.Linear(32, 32) for _ in range(7))]
    for layer in layers:
        init(layer.weight)
    network = nn.Sequential(*[m for layer in layers for m in (layer, activation())])
    network.append(nn.Linear(32, 1))
    optimizer = torch.optim.Adam(network.parameters(), 0.002)
    tables = []
    for _ in range(steps):
        z = network(x)  # (N, 1)
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy_with_logits(z, y).backward()
        before = [layer.weight.detach().clone() for layer in layers]
        optimizer.step()
        rows = []
        for layer, w in zip(layers, before, strict=True):
            g, update = layer.weight.grad.norm(), (layer.weight.detach() - w).norm()
            rows.append([v.item() for v in (g, g / w.norm(), update / w.norm())])
        tables.append(rows)
    return tables[0], tables[-1], ((z > 0) == (y > 0)).double().mean().item()


torch.set_default_dtype(torch.float64)
for name, activation, init in (
    ("ReLU, Kaiming", nn.ReLU, partial(nn.init.kaiming_normal_, nonlinearity="relu")),
    ("sigmoid, Xavier", nn.Sigmoid, nn.init.xavier_normal_),
):
    first, last, accuracy = run(activation, init)
    print(f"{name}: accuracy {accuracy:.1f} after 100 steps; at the first step")
    print("layer         " + "".join(f"{n:8d}" for n in range(1, 9)))
    for k, what in enumerate(("|g|", "|g| / |w|", "|update| / |w|")):
        print(f"{what:<14}" + "".join(f"{row[k]:8.0e}" for row in first))
    print(f"at the last step, |g| / |w| is at most {max(row[1] for row in last):.0e}")
