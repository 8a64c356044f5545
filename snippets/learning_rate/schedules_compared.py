"""Six schedules: how the rate moves, and what the same network learns with each."""

from math import cos, pi

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce

STYLES = "-", "--", ":", "-."
STEPS, WARM, DECAY, RISE, FALL = 160, 8, 40, 48, 112
SHAPES = {  # the rate at step t, as a share of the largest
    "constant": lambda t: 1,
    "step": lambda t: 0.1 ** (t // 53),
    "exponential": lambda t: 0.97**t,
    "cosine": lambda t: 0.5 + 0.5 * cos(pi * t / STEPS),
    "warm-up and cosine": lambda t: min((t + 1) / WARM, SHAPES["cosine"](t)),
    "one-cycle": lambda t: 0.5 - 0.5 * cos(pi * min(t / RISE, 1 + (t - RISE) / FALL)),
    "warm-up, stable, decay": lambda t: min((t + 1) / WARM, 1, (STEPS - t) / DECAY),
}


def train(name, rate, shape):
    """Return the loss on new examples."""
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(16, 32), nn.Tanh(), nn.Linear(32, 1))
    optimizer = getattr(torch.optim, name)(network.parameters(), rate)
    scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, shape)
    for step in range(STEPS):
        part = torch.arange(32 * step, 32 * (step + 1)) % 2048  # (32,)
        loss = bce(network(x[part])[:, 0], y[part])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        scheduler.step()
    return bce(network(x[2048:])[:, 0], y[2048:]).item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x = torch.randn(10_240, 16)  # (N, D)
score = 3 * x[:, 0] + 2 * x[:, 1] * x[:, 2]  # (N,)
y = (torch.rand(len(x)) < score.sigmoid()).double()  # (N,)
_, panels = plt.subplots(1, 2, sharey=True)
print("largest rate            SGD  1      3     Adam  0.03    0.1")
for n, (name, shape) in enumerate(SHAPES.items()):
    runs = ("SGD", 1), ("SGD", 3), ("Adam", 0.03), ("Adam", 0.1)
    row = [train(*run, shape) for run in runs]
    rates = [shape(t) for t in range(STEPS)]
    panels[n // 4].plot(rates, STYLES[n % 4], label=name)
    print(f"{name:<22}" + "".join(f"{loss:8.2f}" for loss in row))
panels[0].set_ylabel("rate, as a share of the largest")
for panel in panels:
    panel.set_xlabel("step")
    panel.legend(fontsize="small", loc="lower center", bbox_to_anchor=(0.5, 1))
plt.show()
