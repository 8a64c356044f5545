"""The last norm's scale at 0: each block starts as the identity, and then learns."""

import torch
from torch import nn


class Block(nn.Module):
    """x + f(x), the norms of f behind its layers: (N, D), unchanged."""

    def __init__(self, width, gamma):
        super().__init__()
        self.branch = nn.Sequential(
            nn.Linear(width, width, bias=False),
            nn.BatchNorm1d(width),
            nn.ReLU(),
            nn.Linear(width, width, bias=False),
            nn.BatchNorm1d(width),
        )
        nn.init.constant_(self.branch[4].weight, gamma)

    def forward(self, x):
        return x + self.branch(x)


def train(gamma, rate, steps=40):
    """Return the growth of the mean square, first gradients, and losses before, after.

    The gradients are those of the first block's first weights and last gamma.
    """
    torch.manual_seed(0)
    network = nn.Sequential(*(Block(16, gamma) for _ in range(20)), nn.Linear(16, 1))
    x = torch.randn(128, 16)  # (N, D)
    y = (x[:, :1] * x[:, 1:2]).tanh()  # (N, 1)
    growth = network[:-1](x).square().mean() / x.square().mean()
    optimizer = torch.optim.SGD(network.parameters(), rate)
    losses, first = [], network[0].branch
    for _ in range(steps):
        losses.append(nn.functional.mse_loss(network(x), y))
        optimizer.zero_grad()
        losses[-1].backward()
        if len(losses) == 1:
            gradients = [first[n].weight.grad.norm() for n in (0, 4)]
        optimizer.step()
    return growth, *gradients, losses[0], losses[-1]


torch.set_default_dtype(torch.float64)
print("                mean square    first gradient of        loss")
print("gamma   rate    x grows by     weights     gamma    at first   at last")
for gamma in (1, 0):
    for rate in (0.01, 0.05):
        growth, weights, scale, start, end = (v.item() for v in train(gamma, rate))
        row = f"{gamma:5d}{rate:7.2f}{growth:14.2f}{weights:12.2f}{scale:10.2f}"
        print(f"{row}{start:12.2f}{end:10.2f}")
