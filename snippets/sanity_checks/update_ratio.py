"""Size of the update over size of the weights, at the first step and the last."""

import torch
import torch.nn.functional as F
from torch import nn


def first_ratio_of_adam(weight, rate):
    """Return |update| / |weight| of Adam's first step: the rate over the weights' RMS.

    Its first update is -rate * sign(gradient), whatever the gradient's size, as long
    as that is above Adam's epsilon and nowhere 0. All weights 0: ValueError.
    """
    size = weight.square().mean().sqrt().item()
    if size == 0:
        raise ValueError("weights of zeros have no ratio")
    return rate / size


def train(name, rate, steps=100):
    """Return the ratios of the middle layer at each step, its start, the last loss."""
    torch.manual_seed(0)
    net = nn.Sequential(
        nn.Linear(20, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, 10)
    )
    weight = net[2].weight  # (32, 32)
    start = weight.detach().clone()
    optimizer = getattr(torch.optim, name)(net.parameters(), rate)
    ratios = []
    for _ in range(steps):
        loss = F.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        before = weight.detach().clone()
        optimizer.step()
        ratios.append(((weight.detach() - before).norm() / before.norm()).item())
    return ratios, start, loss.item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
y = torch.arange(200) % 10  # (N,)
x = (torch.randn(10, 20)[y] + torch.randn(200, 20)) / 4  # (N, D): ten clouds
print("update over weight           step 1    rate / RMS   largest   step 100   loss")
for name, rate in (
    ("SGD", 0.01),
    ("SGD", 0.1),
    ("SGD", 1.0),
    ("Adam", 0.0001),
    ("Adam", 0.001),
    ("Adam", 0.01),
):
    ratios, start, loss = train(name, rate)
    formula = f"{first_ratio_of_adam(start, rate):.0e}" if name == "Adam" else ""
    row = f"{ratios[0]:14.0e}{formula:>14}{max(ratios):10.0e}{ratios[-1]:11.0e}"
    print(f"{name + ', rate ' + format(rate, 'g'):<21}{row}{loss:7.2f}")
