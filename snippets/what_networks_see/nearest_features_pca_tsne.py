"""Neighbors, axes of largest variance and t-SNE of what comes before the scores."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_digits
from sklearn.manifold import TSNE
from torch import nn


def train(steps):
    """Return a convolutional network that has learned 300 digits."""
    layers = nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Conv2d(8, 16, 3), nn.ReLU()
    network = nn.Sequential(*layers, nn.Flatten(), nn.Linear(256, 10))
    optimizer = torch.optim.Adam(network.parameters(), 0.01)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(x[:300]), y[:300]).backward()
        optimizer.step()
    return network


def neighbors(f, labels):
    """Return the share of features (N, D) whose nearest other one has their label."""
    distance = torch.cdist(f, f).fill_diagonal_(torch.inf)  # (N, N)
    return (labels[distance.argmin(dim=1)] == labels).double().mean().item()


def inside(f, labels):
    """Return the share of the variance of f (N, D) that is within classes."""
    centers = torch.stack([f[labels == k].mean(dim=0) for k in range(10)])  # (10, D)
    return ((f - centers[labels]).var(dim=0).sum() / f.var(dim=0).sum()).item()


def pca(f):
    """Return the coordinates (N, 2) of largest variance; digit 0 is on their right."""
    flat = (f - f.mean(dim=0)) @ torch.linalg.eigh(f.T.cov())[1][:, [-1, -2]]
    return flat * flat[labels == 0].mean(dim=0).sign()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
digits = load_digits()
x, y = torch.tensor(digits.images)[:, None] / 16, torch.tensor(digits.target)
images, labels = x[900:1300], y[900:1300]  # (N, 1, 8, 8), (N,): new ones
before, after = (train(steps)[:5](images).detach() for steps in (0, 25))  # (N, 256)
sets = {"pixels": images.flatten(1), "untrained": before, "trained": after}
print("400 new digits       neighbor alike   variance within classes")
for name, f in sets.items():
    print(f"{name:<20}{neighbors(f, labels):15.2f}{inside(f, labels):26.2f}")
flat = TSNE(method="exact", random_state=0).fit_transform(after[:150].numpy())
print(f"t-SNE, 150 digits   {neighbors(torch.tensor(flat), labels[:150]):15.1f}")
figure, panels = plt.subplots(1, 2, figsize=(5.8, 3))
for axes, name in zip(panels, ("pixels", "trained"), strict=True):
    for digit, mark in ((0, "o"), (1, "x"), (4, "^"), (6, "s")):
        axes.plot(*pca(sets[name])[labels == digit].T, mark, label=str(digit))
    axes.set(title=name, xlabel="first axis", ylabel="second axis")
panels[0].legend(loc="lower right")
plt.show()
