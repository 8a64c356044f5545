"""What a network can learn when its parameters all start at zero, or at one number."""

import torch
import torch.nn.functional as F
from torch import nn


def start_at(value, *layers):
    """Return a network of these layers with every weight and bias set to `value`."""
    net = nn.Sequential(*layers)
    for parameter in net.parameters():
        nn.init.constant_(parameter, value)
    return net


def loss_of(net):
    """Return the binary cross-entropy of net's logits (N, 1)."""
    return F.binary_cross_entropy_with_logits(net(x), y)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(90, 6)  # (N, D)
y = (x.sum(1, keepdim=True) > -1).double()  # (N, 1)

print("largest gradient   hidden: weight   bias   last: weight   bias")
for value in (0.0, 0.5):
    for activation in (nn.ReLU(), nn.Tanh(), nn.Sigmoid()):
        net = start_at(value, nn.Linear(6, 8), activation, nn.Linear(8, 1))
        loss_of(net).backward()
        w1, b1, w2, b2 = (p.grad.abs().max() for p in net.parameters())
        name = f"all {value}, {type(activation).__name__}"
        print(f"{name:<18}{w1:15.3f}{b1:7.3f}{w2:15.3f}{b2:7.3f}")
units = net[0].weight.grad  # (8, D): a row is the gradient of one hidden unit
print(f"at 0.5, the 8 units' gradients differ by {(units - units[0]).abs().max():.12f}")

for name, layers in (
    ("no hidden layer", [nn.Linear(6, 1)]),
    ("one of 8 ReLUs", [nn.Linear(6, 8), nn.ReLU(), nn.Linear(8, 1)]),
):
    net = start_at(0.0, *layers)
    optimizer = torch.optim.SGD(net.parameters(), 1.0)
    for _ in range(200):
        optimizer.zero_grad()
        loss_of(net).backward()
        optimizer.step()
    right = ((net(x) > 0) == y).double().mean()
    print(f"trained from zeros, {name:<16} accuracy {right:.2f}")
print(f"share of the frequent class {y.mean():21.2f}")
