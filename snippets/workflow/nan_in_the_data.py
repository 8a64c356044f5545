"""The loss is nan from one batch on: a single value of the data was."""

import torch
import torch.nn.functional as F
from torch import nn


def bad_rows(x):
    """Return the rows of x (N, ...) that hold a nan or an infinity: (their number,)."""
    return (~x.isfinite()).flatten(1).any(dim=1).nonzero().flatten()


def train(x, y, cured, seed=0):
    """Return the loss of each batch of an epoch, and the share of nan weights."""
    if cured:
        keep = torch.ones(len(x), dtype=torch.bool)  # (N,)
        keep[bad_rows(x)] = False
        x, y = x[keep], y[keep]
    torch.manual_seed(seed)
    net = nn.Linear(x.shape[1], 10)
    optimizer = torch.optim.SGD(net.parameters(), 2.0)
    losses = []
    for batch in torch.arange(len(x)).split(60):  # (B,)
        loss = F.cross_entropy(net(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, net.weight.isnan().double().mean().item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
y = torch.arange(300) % 10  # (N,)
x = (torch.randn(10, 20)[y] + torch.randn(300, 20)) / 4  # (N, D): ten clouds
x[151, 8] = torch.nan
print(f"rows that are not finite: {bad_rows(x).tolist()} of {len(x)}")
print("loss of batch                1     2     3     4     5   weights that are nan")
for name, cured in (("with the row", False), ("without it", True)):
    losses, share = train(x, y, cured)
    row = "".join(f"{loss:6.2f}" for loss in losses)
    print(f"{name:<24}{row}{share:11.0%}")
