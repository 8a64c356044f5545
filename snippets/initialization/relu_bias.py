"""Small positive biases wake up no ReLUs, and large ones put more of them to sleep."""

import torch
from torch import nn

WIDTH, DEPTH = 128, 10


@torch.no_grad()
def by_layer(bias):
    """Return by layer the share of h above 0, and of units at 0 for all inputs."""
    torch.manual_seed(0)
    h, active, dead = torch.randn(1000, WIDTH), [], []  # h: (N, D)
    for _ in range(DEPTH):
        layer = nn.Linear(WIDTH, WIDTH)
        nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
        nn.init.constant_(layer.bias, bias)
        h = layer(h).relu()  # (N, D)
        active.append((h > 0).double().mean())
        dead.append((h == 0).all(0).double().mean())
    return active, dead


torch.set_default_dtype(torch.float64)
print("           outputs above 0: layer 1     10   units never above 0: layer 1    10")
for bias in (0.0, 0.01, 0.1, 1.0):
    active, dead = by_layer(bias)
    row = f"{active[0]:29.2f}{active[-1]:7.2f}{dead[0]:30.2f}{dead[-1]:6.2f}"
    print(f"bias {bias:<5}{row}")
