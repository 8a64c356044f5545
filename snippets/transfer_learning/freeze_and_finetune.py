"""Digits under new names, from few examples: four ways, on two kinds of images."""

import copy

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

SEEDS = 3


def train(model, parameters, x, y, steps=60):
    """Take steps of Adam on these parameters, with all of x (N, D), y (N,)."""
    adam = torch.optim.Adam(parameters, lr=0.01)
    for _ in range(steps):
        adam.zero_grad()
        F.cross_entropy(model(x), y).backward()
        adam.step()


def new_body():
    return nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())


def trained_body(x, y):
    body = new_body()
    source = nn.Sequential(body, nn.Linear(32, 10))
    train(source, source.parameters(), x, y)
    return body


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
order = torch.randperm(len(x))  # (N,)
x, y = x[order] / 16, y[order]
body = trained_body(x[:1000], y[:1000])
of_lot = trained_body(x[:1000], torch.randint(10, (1000,)))
like, names = x[1000:], (3 * y[1000:] + 7) % 10  # (797, D), (797,)
moved = F.pad(like.view(-1, 8, 8), (1, -1)).flatten(1)  # (797, D), 1 pixel right

print("test accuracy, %      new body   frozen   fine-tuned   from labels by lot")
for name, images in (("like the source", like), ("moved by a pixel", moved)):
    for count in (20, 50, 300):
        right = torch.zeros(4)
        for seed in range(SEEDS):
            torch.manual_seed(seed)
            rows, test = torch.randperm(797).tensor_split([300])
            rows = rows[:count]
            for n, start in enumerate((new_body(), body, body, of_lot)):
                model = nn.Sequential(copy.deepcopy(start), nn.Linear(32, 10))
                part = model[1] if n == 1 else model  # frozen: the head alone
                train(model, part.parameters(), images[rows], names[rows])
                hits = model(images[test]).argmax(dim=1) == names[test]  # (497,)
                right[n] += 100 * hits.double().mean() / SEEDS
        new, frozen, tuned, lot = right
        print(f"{name:<17}{count:4d}{new:9.0f}{frozen:9.0f}{tuned:13.0f}{lot:21.0f}")
