"""Three bad batches: training explodes, and what weight decay and clipping do."""

from itertools import pairwise

import matplotlib.pyplot as plt
import torch
from torch import nn

STEPS, BAD = 120, (40, 70, 100)


def product(x):
    return x[:, :1] * x[:, 1:2]  # (N, 1)


def train(name="SGD", rate=0.05, decay=0.0, clip=float("inf")):
    """Return the loss on clean examples and the norm before clipping, by step."""
    torch.manual_seed(0)
    layers = [nn.Linear(n, k) for n, k in pairwise((16, 32, 32, 32, 1))]
    for layer in layers:
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    network = nn.Sequential(*[m for layer in layers for m in (layer, nn.ReLU())][:-1])
    make = getattr(torch.optim, name)
    optimizer = make(network.parameters(), rate, weight_decay=decay)
    test, losses, norms = torch.randn(256, 16), [], []  # test: (N, D)
    for step in range(STEPS):
        x = torch.randn(32, 16)  # (N, D)
        scale = 30 if step in BAD else 1  # somebody forgot to scale the inputs
        optimizer.zero_grad()
        nn.functional.mse_loss(network(scale * x), product(x)).backward()
        norms.append(nn.utils.clip_grad_norm_(network.parameters(), clip).item())
        optimizer.step()
        losses.append(nn.functional.mse_loss(network(test), product(test)).item())
    return losses, norms


torch.set_default_dtype(torch.float64)
_, (top, bottom) = plt.subplots(2, sharex=True)
print("optimizer, and what is done          loss before  after the 1st    at last")
for name, settings in {
    "SGD": {},
    "SGD, weight decay 0.01": {"decay": 0.01},
    "SGD, weight decay 1": {"decay": 1.0},
    "SGD, clipped at norm 1": {"clip": 1.0},
    "Adam": {"name": "Adam", "rate": 0.01},
    "Adam, clipped at norm 1": {"name": "Adam", "rate": 0.01, "clip": 1.0},
}.items():
    losses, norms = train(**settings)
    row = losses[BAD[0] - 1], losses[BAD[0]], losses[-1]
    cells = (f"{v:.2f}" if not v > 1000 else "> 1000" for v in row)
    print(f"{name:<33}" + "".join(f"{cell:>15}" for cell in cells))
    if "decay" not in name:
        style = {"SGD": "-", "Adam": "-."}.get(name, ":")
        top.semilogy(losses, style, label=name)
        bottom.semilogy(norms, style)
top.set(ylabel="loss", ylim=(0.1, 10))
bottom.set(xlabel="step", ylabel="gradient norm", ylim=(0.3, 1e4))
top.legend(fontsize="small", ncols=2, loc="lower center", bbox_to_anchor=(0.5, 1))
plt.show()
