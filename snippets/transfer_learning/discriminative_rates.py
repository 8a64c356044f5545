"""One rate for the head, smaller ones for the body: what is learned, what forgotten."""

import copy

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

HEAD_RATE, STEPS, SEEDS = 0.01, 60, 4


def train(model, groups, x, y):
    """Take steps of Adam on parameter groups, each with its own rate."""
    adam = torch.optim.Adam(groups)
    for _ in range(STEPS):
        adam.zero_grad()
        F.cross_entropy(model(x), y).backward()
        adam.step()


def accuracy(model, x, y):
    return 100 * (model(x).argmax(dim=1) == y).double().mean().item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
order = torch.randperm(len(x))  # (N,)
x, y = x[order] / 16, y[order]
prime = torch.isin(y, torch.tensor([2, 3, 5, 7])).long()  # (N,), the new labels
moved = F.pad(x.view(-1, 8, 8), (1, -1)).flatten(1)  # (N, D), 1 pixel right
body = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
source = nn.Sequential(body, nn.Linear(32, 10))
train(source, [{"params": source.parameters(), "lr": 0.01}], x[:1000], y[:1000])

print("rate of the body   first layer moved by, %   new task, %   old task, %")
for rate in (0.0, 0.0003, 0.001, 0.003, 0.01, 0.1):
    row = torch.zeros(3)
    for seed in range(SEEDS):
        torch.manual_seed(seed)
        model = nn.Sequential(copy.deepcopy(body), nn.Linear(32, 2))
        groups = [
            {"params": model[0].parameters(), "lr": rate},
            {"params": model[1].parameters(), "lr": HEAD_RATE},
        ]
        rows = 1000 + torch.randperm(300)[:50]  # (50,)
        train(model, groups, moved[rows], prime[rows])
        before, after = body[0].weight, model[0][0].weight
        row[0] += 100 * ((after - before).norm() / before.norm()).item()
        row[1] += accuracy(model, moved[1300:], prime[1300:])
        row[2] += accuracy(nn.Sequential(model[0], source[1]), x[1300:], y[1300:])
    far, new, old = row / SEEDS
    print(f"{rate:16g}{far:26.0f}{new:14.0f}{old:14.0f}")
