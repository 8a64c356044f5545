"""The loss never changes: the optimizer holds the weights of another network."""

import torch
import torch.nn.functional as F
from torch import nn


def train(cured, seed=0, steps=40):
    """Return the losses at the first, the middle and the last step."""
    torch.manual_seed(seed)
    net = nn.Linear(20, 10)
    optimizer = torch.optim.SGD(net.parameters(), 2.0)
    net = nn.Linear(20, 10)  # made again, say to start afresh
    if cured:
        optimizer = torch.optim.SGD(net.parameters(), 2.0)
    losses = []
    for _ in range(steps + 1):
        loss = F.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses[0], losses[steps // 2], losses[steps]


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
y = torch.arange(300) % 10  # (N,)
x = (torch.randn(10, 20)[y] + torch.randn(300, 20)) / 4  # (N, D): ten clouds
print("loss at step                       0     20     40")
for name, cured in (
    ("optimizer, then network", False),
    ("network, then optimizer", True),
):
    print(f"{name:<28}" + "".join(f"{loss:7.3f}" for loss in train(cured)))
