"""What vanishes is the gradient: the weights stay where they are, or go with Adam."""

import torch
from torch import nn

DEPTH = 24


def train(name, rate, scale, steps=50):
    """Return |W_1|, |dL/dW_1|, how far W_1 moves, and the loss by step."""
    torch.manual_seed(0)
    layers = [nn.Linear(16, 16, bias=False) for _ in range(DEPTH)]
    for layer in layers:
        nn.init.normal_(layer.weight, std=scale * 16**-0.5)
    network = nn.Sequential(*[m for layer in layers for m in (layer, nn.Tanh())])
    network.append(nn.Linear(16, 1))
    x = torch.randn(64, 16)  # (N, D)
    y = torch.sign(x[:, :1])  # (N, 1)
    first = layers[0].weight
    start = first.detach().clone()
    optimizer = getattr(torch.optim, name)(network.parameters(), rate)
    losses = []
    for _ in range(steps):
        loss = nn.functional.mse_loss(network(x), y)
        optimizer.zero_grad()
        loss.backward()
        if not losses:
            size = first.grad.norm().item()
        optimizer.step()
        losses.append(loss.item())
    return start.norm().item(), size, (first.detach() - start).norm().item(), losses


torch.set_default_dtype(torch.float64)
print("weights x  optimizer   first layer: |w|  gradient  moved by      loss")
for scale in (0.3, 0.5, 1.0):
    for name, rate in (("SGD", 0.1), ("Adam", 0.005)):
        size, slope, moved, (first, *_, last) = train(name, rate, scale)
        print(f"{scale:9}  {name:<10}{size:18.2f}{slope:10.0e}", end="")
        print(f"{moved:10.0e}   {first:.1f} to {last:.1f}")
