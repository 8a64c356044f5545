"""A deep network's first gradient, and its loss by learning rate and weight scale."""

import torch
from torch import nn

WIDTH, DEPTH = 32, 10


def network(norm, scale):
    """Return a ReLU network whose weights are drawn by He's rule, times `scale`."""
    layers = []
    for _ in range(DEPTH):
        linear = nn.Linear(WIDTH, WIDTH, bias=False)
        nn.init.kaiming_normal_(linear.weight, nonlinearity="relu")
        linear.weight.data *= scale
        layers += [linear, nn.BatchNorm1d(WIDTH) if norm else nn.Identity(), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(WIDTH, 1))


def train(norm, rate, scale, steps=40):
    """Train a network to tell the sign of a product of two inputs.

    Return its last loss, and the norm of the first layer's gradient at the start.
    """
    torch.manual_seed(0)
    net = network(norm, scale)
    x = torch.randn(128, WIDTH)  # (N, D)
    target = (x[:, :1] * x[:, 1:2] > 0).double()  # (N, 1)
    optimizer = torch.optim.SGD(net.parameters(), rate)
    for step in range(steps):
        loss = nn.functional.binary_cross_entropy_with_logits(net(x), target)
        optimizer.zero_grad()
        loss.backward()
        if step == 0:
            first = net[0].weight.grad.norm().item()
        optimizer.step()
    return loss.item(), first


torch.set_default_dtype(torch.float64)
rates = (0.003, 0.03, 0.3)
print("weights  batch norm  first gradient  loss at" + "".join(f"{r:7}" for r in rates))
for scale in (0.5, 1.0, 2.0):
    for norm in (False, True):
        runs = [train(norm, rate, scale) for rate in rates]
        row = "".join(f"{loss:7.2f}" for loss, _ in runs)
        print(f"x {scale}    {norm!s:<10}  {runs[0][1]:14.4f}         {row}")
loss, _ = train(norm=False, rate=0.03, scale=1.0, steps=400)
print(f"x 1.0    False, at 0.03 for 400 steps instead of 40: {loss:.2f}")
