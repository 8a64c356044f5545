"""Units that start alike stay alike, until something tells them apart."""

import torch
import torch.nn.functional as F
from torch import nn


def train(drawn=(), p_drop=0.0, steps=300):
    """Start all parameters at 0.1, except for those `drawn` at random, and train.

    Return the hidden weights (8, D) and the last loss, a mean squared error.
    """
    torch.manual_seed(1)
    dropout = nn.Dropout(p_drop)
    net = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), dropout, nn.Linear(8, 1))
    for name, parameter in net.named_parameters():
        if name not in drawn:
            nn.init.constant_(parameter, 0.1)
    optimizer = torch.optim.Adam(net.parameters(), 0.03)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(net(x), y).backward()
        optimizer.step()
    return net[0].weight.detach(), F.mse_loss(net.eval()(x), y)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(128, 4)  # (N, D)
y = torch.sin(2 * x[:, :1]) + x[:, 1:2]  # (N, 1)

print("drawn at random   units differ   one unit's weights differ   rank   loss")
for name, options in {
    "nothing": {},
    "hidden weights": {"drawn": ["0.weight"]},
    "hidden biases": {"drawn": ["0.bias"]},
    "last weights": {"drawn": ["3.weight"]},
    "dropout masks": {"p_drop": 0.1},
}.items():
    weight, loss = train(**options)
    units = (weight - weight[0]).abs().max()  # a row holds the weights of one unit
    inputs = (weight - weight[:, :1]).abs().max()
    rank = torch.linalg.matrix_rank(weight, rtol=1e-3)
    print(f"{name:<16}{units:14.1f}{inputs:28.1f}{rank:7d}{loss:7.2f}")
