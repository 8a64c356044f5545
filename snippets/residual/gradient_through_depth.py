"""The gradient by depth in plain, residual and pre-activation stacks, untrained."""

import matplotlib.pyplot as plt
import torch
from torch import nn

WIDTH, BLOCKS = 64, 50


class Block(nn.Module):
    """Two dense layers with norms, plain or with one of two shortcuts: (N, D)."""

    def __init__(self, kind):
        super().__init__()
        self.kind = kind
        self.layers = nn.ModuleList(nn.Linear(WIDTH, WIDTH) for _ in range(2))
        self.norms = nn.ModuleList(nn.BatchNorm1d(WIDTH) for _ in range(2))

    def forward(self, x):
        h = x
        for layer, norm in zip(self.layers, self.norms, strict=True):
            if self.kind == "pre-activation":
                h = layer(norm(h).relu())
            else:
                h = norm(layer(h if h is x else h.relu()))
        if self.kind == "pre-activation":
            return x + h
        return (x + h).relu() if self.kind == "residual" else h.relu()


def gradients(kind):
    """Return the gradient's norm before each block, over that at the end."""
    torch.manual_seed(0)
    h = [torch.randn(256, WIDTH, requires_grad=True)]  # (N, D)
    for _ in range(BLOCKS):
        h.append(Block(kind)(h[-1]))
    found = torch.autograd.grad(h[-1], h, torch.randn(256, WIDTH))
    return [g.norm().item() / found[-1].norm().item() for g in found]


torch.set_default_dtype(torch.float64)
print("gradient over that at the end   after 10 blocks       30       50")
for kind, style in (("plain", "-"), ("residual", "--"), ("pre-activation", ":")):
    norms = gradients(kind)
    row = "".join(f"{norms[BLOCKS - n]:9.1e}" for n in (10, 30, 50))
    print(f"{kind:<38}{row}")
    plt.semilogy(range(BLOCKS + 1), norms, style, label=kind)
plt.xlabel("blocks below, of 50")
plt.ylabel("gradient, over that at the end")
plt.legend()
plt.show()
