"""Twenty ReLU layers learn handwritten digits, if their weights start at one scale."""

from itertools import pairwise

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import init

DEPTH, WIDTH = 20, 64


def network(draw, norm=False):
    """Return 20 layers; if given, `draw` fills their weights, and the biases are 0."""
    torch.manual_seed(0)
    net = []
    for inputs, outputs in pairwise([64] + [WIDTH] * (DEPTH - 1) + [10]):
        linear = nn.Linear(inputs, outputs)
        if draw:
            draw(linear.weight)
            init.zeros_(linear.bias)
        net += [linear, nn.BatchNorm1d(outputs) if norm else nn.Identity(), nn.ReLU()]
    return nn.Sequential(*net[:-2])


def train(net, optimizer, steps=80):
    """Return the loss on all digits after training on 64 of them at a time."""
    for step in range(steps):
        i = torch.arange(64) + step % 28 * 64  # (64,)
        optimizer.zero_grad()
        F.cross_entropy(net(x[i]), label[i]).backward()
        optimizer.step()
    return F.cross_entropy(net(x), label)


torch.set_default_dtype(torch.float64)
images, digits = load_digits(return_X_y=True)
x, label = torch.tensor(images), torch.tensor(digits)  # (N, D), (N,)
x = (x - x.mean()) / x.std()
print("loss                        first   after SGD   after Adam")
for name, draw, norm in (
    ("N(0, 0.01^2)", lambda w: init.normal_(w, 0, 0.01), False),
    ("torch's own", None, False),
    ("Xavier", init.xavier_normal_, False),
    ("Kaiming", lambda w: init.kaiming_normal_(w, nonlinearity="relu"), False),
    ("torch's own, batch norm", None, True),
):
    first = F.cross_entropy(network(draw, norm)(x), label)
    net = network(draw, norm)
    by_sgd = train(net, torch.optim.SGD(net.parameters(), lr=0.02, momentum=0.9))
    net = network(draw, norm)
    by_adam = train(net, torch.optim.Adam(net.parameters(), lr=0.001))
    print(f"{name:<24}{first:9.2f}{by_sgd:12.2f}{by_adam:13.2f}")
