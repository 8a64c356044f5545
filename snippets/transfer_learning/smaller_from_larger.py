"""A network of 8 units by five ways: from 200 labels alone, and out of a larger one."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

COUNT, SMALL, LARGE, SEEDS = 200, 8, 128, 4


def network(width):
    return nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, 10))


def train(model, x, targets, temperature=1):
    """Train on labels (N,) or probabilities (N, C) for x (N, D); return the model."""
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(150):
        adam.zero_grad()
        F.cross_entropy(model(x) / temperature, targets).backward()
        adam.step()
    return model


def pruned(large):
    """Return a network of the SMALL units with the largest product of weight norms."""
    size = large[0].weight.norm(dim=1) * large[2].weight.norm(dim=0)  # (LARGE,)
    kept = size.topk(SMALL).indices  # (SMALL,)
    state = dict(large.state_dict())
    state |= {key: state[key][kept] for key in ("0.weight", "0.bias")}
    state["2.weight"] = state["2.weight"][:, kept]  # (C, SMALL)
    (small := network(SMALL)).load_state_dict(state)
    return small


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
order = torch.randperm(len(x))  # (N,)
x, y = x[order] / 16, y[order]
few, labels, more = x[:COUNT], y[:COUNT], x[: 4 * COUNT]  # more have no labels
right = {}
for seed in range(SEEDS):
    torch.manual_seed(seed)
    large = train(network(LARGE), few, labels)
    soft = (large(more) / 3).softmax(dim=1).detach()  # (4 COUNT, C), temperature 3
    for name, model in {
        "128 units, labels": large,
        "8 units, labels": train(network(SMALL), few, labels),
        "8 units, pruned": pruned(large),
        "the same, trained on": train(pruned(large), few, labels),
        "8 units, the teacher's outputs": train(network(SMALL), few, soft[:COUNT], 3),
        "the same, 600 images more": train(network(SMALL), more, soft, 3),
    }.items():
        hits = model(x[4 * COUNT :]).argmax(dim=1) == y[4 * COUNT :]  # (997,)
        right[name] = right.get(name, 0) + 100 * hits.double().mean() / SEEDS
print("8 or 128 hidden units             test accuracy, %")
for name, share in right.items():
    print(f"{name:<34}{share:16.0f}")
