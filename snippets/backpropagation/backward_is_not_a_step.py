"""backward() fills .grad and moves nothing; step() moves, downhill if it is short."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x, t = torch.randn(20, 3), torch.randn(20, 1)  # (N, D), (N, 1)
net = nn.Linear(3, 1)
start = {name: value.clone() for name, value in net.state_dict().items()}


def show(moment):
    moved = (net.weight - start["weight"]).norm().item()
    gradient = 0 if net.weight.grad is None else net.weight.grad.norm().item()
    loss = F.mse_loss(net(x), t).item()
    print(f"{moment:<24}{moved:8.2f}{gradient:10.2f}{loss:9.2f}")


print(f"{'':<24}{'moved':>8}{'gradient':>10}{'loss':>9}")
show("at the start")
F.mse_loss(net(x), t).backward()
show("backward()")
F.mse_loss(net(x), t).backward()
show("backward() once more")

for rate in (0.1, 0.5, 2.0):
    net.load_state_dict(start)
    net.zero_grad()
    F.mse_loss(net(x), t).backward()
    torch.optim.SGD(net.parameters(), rate).step()
    show(f"step() of rate {rate}")

columns = torch.cat([x, torch.ones(20, 1)], dim=1)  # (N, D + 1)
best = torch.linalg.lstsq(columns, t).solution  # (D + 1, 1)
print(f"{'the smallest there is':<42}{F.mse_loss(columns @ best, t):9.2f}")
