"""A last layer of zeros: each class starts at 1 / K, and the rest waits for a step."""

import math

import torch
import torch.nn.functional as F
from torch import nn

K = 10


def start(last):
    """Return a ReLU network with Kaiming's weights, in the last layer times `last`."""
    torch.manual_seed(0)
    net = nn.Sequential(
        nn.Linear(20, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, K)
    )
    for layer in net[::2]:
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        nn.init.zeros_(layer.bias)
    with torch.no_grad():
        net[-1].weight *= last
    return net


torch.manual_seed(1)
torch.set_default_dtype(torch.float64)
x = torch.randn(512, 20)  # (N, D)
label = (x @ torch.randn(20, K)).argmax(1)  # (N,)
print(f"ln {K} = {math.log(K):.3f}")
print("last layer    loss at step 0      1     10    100   first gradient at 0, 1, 2")
for name, scale in (("zero", 0.0), ("Kaiming", 1.0), ("Kaiming x 10", 10.0)):
    net = start(scale)
    optimizer = torch.optim.SGD(net.parameters(), 0.2)
    losses, gradients = [], []
    for _ in range(101):
        loss = F.cross_entropy(net(x), label)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        gradients.append(net[0].weight.grad.norm().item())
    row = "".join(f"{losses[step]:7.3f}" for step in (0, 1, 10, 100))
    print(f"{name:<20}{row}", "".join(f"{g:9.3f}" for g in gradients[:3]))
