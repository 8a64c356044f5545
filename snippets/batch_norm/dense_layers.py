"""Batch norm after dense layers: it trains deep ones; its statistics want examples."""

import torch
from torch import nn


def accuracies(norm, he, depth=11, width=64, steps=80):
    """Train a deep dense network; return its accuracy on old and on new examples."""
    torch.manual_seed(0)
    x = torch.randn(1536, 16)  # (N, D)
    label = (x[:, :8].sum(1) > 0).long()  # (N,)
    layers, inputs = [], 16
    for _ in range(depth):
        linear, inputs = nn.Linear(inputs, width), width
        if he:
            nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")
        layers += [linear, nn.BatchNorm1d(width) if norm else nn.Identity(), nn.ReLU()]
    net = nn.Sequential(*layers, nn.Linear(width, 2))
    optimizer = torch.optim.SGD(net.parameters(), 0.05, momentum=0.9)
    for step in range(steps):
        i = torch.arange(128) + step % 8 * 128  # (128,): training uses the first 1024
        loss = nn.functional.cross_entropy(net(x[i]), label[i])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    right = net.eval()(x).argmax(1) == label  # (N,)
    return right[:1024].double().mean(), right[1024:].double().mean()


def error_of_mean(*shape, trials=500):
    """Return the spread of the mean of a batch of independent values with std 1."""
    return torch.randn(trials, *shape).flatten(1).mean(1).std()


torch.set_default_dtype(torch.float64)
for name, norm, he in (
    ("no norm, torch's own weights", False, False),
    ("no norm, He's weights", False, True),
    ("BatchNorm1d, torch's own weights", True, False),
):
    old, new = accuracies(norm, he)
    print(f"{name:<33} accuracy in training {old:.2f}, on new examples {new:.2f}")
for size in (8, 64, 256):
    dense, conv = error_of_mean(size), error_of_mean(size, 4, 4)
    print(f"N = {size:3d}: error of a mean {dense:.2f}, over 4 x 4 maps {conv:.2f}")
