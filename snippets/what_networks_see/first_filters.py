"""Filters that describe photographs with few active units: edges, lines and colors."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_sample_images

K, S, D = 24, 8, 48  # filters; their height and width; directions of the patches kept


def learn(x, steps=200):
    """Return filters (K, D) by which few units are active and x (N, D) can be rebuilt.

    Le et al. 2011, equation 2: rebuilding error plus a smooth absolute value.
    """
    weights = torch.randn(K, D, requires_grad=True)
    optimizer = torch.optim.Adam([weights], 0.05)
    for _ in range(steps):
        filters = F.normalize(weights, dim=1)  # (K, D)
        units = x @ filters.T  # (N, K)
        error = (units @ filters - x).square().sum(dim=1).mean()
        loss = error / 12 + (units**2 + 0.01).sqrt().sum(dim=1).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return F.normalize(weights, dim=1).detach()


def coherence(filters):
    """Return how far filters (K, C, H, W) vary in one direction: from 0 to 1, (K,)."""
    down, across = torch.gradient(filters.mean(dim=1), dim=(1, 2))  # (K, H, W), twice
    a, b, c = (m.sum(dim=(1, 2)) for m in (down**2, across**2, down * across))
    return ((a - b) ** 2 + 4 * c**2).sqrt() / (a + b)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
patches = []
for image in load_sample_images().images:
    photo = F.avg_pool2d(torch.tensor(image).permute(2, 0, 1) / 255.0, 3)  # (C, H, W)
    windows = photo.double().unfold(1, S, 2).unfold(2, S, 2)  # (C, rows, columns, S, S)
    patches.append(windows.permute(1, 2, 0, 3, 4).flatten(0, 1).flatten(1))
x = torch.cat(patches)  # (N, 3 S S)
x = x[torch.randperm(len(x))[:2000]]
x = x - x.mean(dim=1, keepdim=True)
values, axes = torch.linalg.eigh(x.T @ x / len(x))
values, axes = values[-D:].sqrt(), axes[:, -D:]  # (D,), (3 S S, D)
learned = learn(x @ axes / values) * values @ axes.T  # (K, 3 S S), as pictures
for name, filters in (("random", torch.randn(K, 3 * S * S)), ("learned", learned)):
    direction = coherence(filters.reshape(K, 3, S, S)).median()
    print(f"{name:<8} filters: median coherence {direction:.1f}")

learned = learned.reshape(K, 3, S, S) / learned.abs().amax(dim=1).reshape(K, 1, 1, 1)
tiles = F.pad(0.5 + learned / 2, (1, 1, 1, 1), value=1.0)  # (K, 3, S + 2, S + 2)
tiles = tiles.reshape(3, 8, 3, S + 2, S + 2).permute(0, 3, 1, 4, 2)
plt.figure(figsize=(5.8, 2.4))
plt.imshow(tiles.reshape(3 * (S + 2), 8 * (S + 2), 3).numpy())
plt.axis("off")
plt.show()
