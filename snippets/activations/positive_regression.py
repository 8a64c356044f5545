"""A positive output: ReLU may never start; softplus and exp always get a gradient."""

import torch
from torch import nn
from torch.nn.functional import mse_loss, softplus


def start_for(mean):
    """Return the bias with which softplus starts at this mean, which is above 0."""
    if mean <= 0:
        raise ValueError(f"no softplus has the value {mean}")
    return mean + torch.log(-torch.expm1(torch.tensor(-mean))).item()


def train(head, bias):
    """Return the first gradient's norm, the last loss and the mean target."""
    torch.manual_seed(0)
    x = torch.randn(200, 3)  # (N, D)
    y = 2 + (x[:, :1] + x[:, 1:2]).square()  # (N, 1), all positive
    network = nn.Sequential(nn.Linear(3, 32), nn.Tanh(), nn.Linear(32, 1))
    nn.init.constant_(network[2].bias, bias)
    optimizer = torch.optim.Adam(network.parameters(), 0.01)
    norms = []
    for _ in range(200):
        optimizer.zero_grad()
        mse_loss(head(network(x)), y).backward()
        norms.append(sum(p.grad.square().sum() for p in network.parameters()).sqrt())
        optimizer.step()
    return norms[0], mse_loss(head(network(x)), y), y.mean().item()


torch.set_default_dtype(torch.float64)
mean = train(torch.relu, 0.0)[2]
print(
    f"targets from 2 up, mean {mean:.1f}\nhead        bias   first gradient   last loss"
)
for name, head, bias in (
    ("ReLU", torch.relu, -5.0),
    ("ReLU", torch.relu, mean),
    ("softplus", softplus, -5.0),
    ("softplus", softplus, start_for(mean)),
    ("exp", torch.exp, 0.0),
    ("none", lambda z: z, mean),
):
    first, last, _ = train(head, bias)
    print(f"{name:<9}{bias:7.1f}{first:17.3f}{last:12.2f}")

z = torch.tensor([-20.0, -80.0, -104.0], dtype=torch.float32)  # (3,)
print("\nsoftplus at -20, -80, -104 in float32:", *(f"{v:.0e}" for v in softplus(z)))
