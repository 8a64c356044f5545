"""Batch norm and group norm on digits, by how many examples share a mean."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


class InParts(nn.Module):
    """A norm that sees a training batch in parts of `size`, as on several devices."""

    def __init__(self, norm, size):
        super().__init__()
        self.norm, self.size = norm, size

    def forward(self, x):
        parts = x.split(self.size) if self.training else [x]
        return torch.cat([self.norm(part) for part in parts])


def test_loss(kind, size, seed, strides=(2, 2, 1)):
    """Train on 100 batches of 32 digits; return the loss on new ones, in nats."""
    torch.manual_seed(seed)
    layers, side = [], 8  # pixels
    for inputs, stride in zip((1, 16, 16), strides, strict=True):
        norm = nn.BatchNorm2d(16) if kind == "batch norm" else nn.GroupNorm(4, 16)
        conv = nn.Conv2d(inputs, 16, 3, stride, padding=1, bias=False)
        layers, side = [*layers, conv, InParts(norm, size), nn.ReLU()], side // stride
    net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(16 * side**2, 10))
    optimizer = torch.optim.SGD(net.parameters(), 0.1)
    for _ in range(100):
        i = torch.randint(0, 1400, (32,))
        optimizer.zero_grad()
        F.cross_entropy(net(x[i]), label[i]).backward()
        optimizer.step()
    with torch.no_grad():
        return F.cross_entropy(net.eval()(x[1400:]), label[1400:]).item()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
order = torch.randperm(1797)  # (N,)
x = torch.tensor(load_digits().images)[order, None] / 16  # (N, C, H, W)
label = torch.tensor(load_digits().target)[order]  # (N,)
print("test loss by the number of examples that share a mean")
for kind, sizes in (("batch norm", (2, 4, 8, 32)), ("group norm", (2, 32))):
    losses = [sum(test_loss(kind, n, seed) for seed in range(2)) / 2 for n in sizes]
    row = "   ".join(f"{n}: {loss:.2f}" for n, loss in zip(sizes, losses, strict=True))
    print(f"{kind}   {row}")
    plt.semilogx(sizes, losses, base=2, marker="o", label=kind)
loss = test_loss("batch norm", 2, seed=0, strides=(2, 2, 2))
print(f"batch norm   2: {loss:.1f}, where the last maps have one pixel instead of four")
plt.xlabel("examples that share a mean")
plt.ylabel("test loss [nats]")
plt.legend()
plt.show()
