"""The patches that excite four units most: each answers to one local form."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def train(steps=25):
    """Return a convolutional network that has learned 300 digits."""
    layers = nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Conv2d(8, 16, 3), nn.ReLU()
    network = nn.Sequential(*layers, nn.Flatten(), nn.Linear(256, 10))
    optimizer = torch.optim.Adam(network.parameters(), 0.01)
    for _ in range(steps):
        optimizer.zero_grad()
        F.cross_entropy(network(x[:300]), y[:300]).backward()
        optimizer.step()
    return network


def best_patches(maps, images, size, count):
    """Return the patches (K, count, size, size) at the largest values of each map.

    maps: (N, K, h, w); place (i, j) of a map sees images (N, 1, H, W) from there on,
    size x size pixels. One patch from an image at most. Other sizes: ValueError.
    """
    if images.shape[2] != maps.shape[2] + size - 1:
        raise ValueError(f"{images.shape[2]} rows make no {maps.shape[2]} of {size}")
    windows = images[:, 0].unfold(1, size, 1).unfold(2, size, 1).flatten(1, 2)
    value, place = maps.flatten(2).max(dim=2)  # (N, K), (N, K)
    best = value.topk(count, dim=0).indices.T  # (K, count)
    return torch.stack([windows[n, place[n, k]] for k, n in enumerate(best)])


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
digits = load_digits()
x = torch.tensor(digits.images)[:, None] / 16  # (N, C, H, W): 0 is paper, 1 ink
y = torch.tensor(digits.target)  # (N,)
network = train()
images = x[900:]  # (N, 1, 8, 8)
maps = network[:4](images).detach()  # (N, 16, 4, 4), after the second ReLU
probe = images[:1].clone().requires_grad_()
(gradient,) = torch.autograd.grad(network[:3](probe)[0, :, 0, 0].sum(), probe)
print(f"a unit of layer 2 sees {(gradient[0, 0] != 0).any(dim=0).sum()} columns")
units = maps.amax(dim=(0, 2, 3)).topk(4).indices.sort().values.tolist()
patches = best_patches(maps[:, units], images, 5, 10)  # (4, 10, 5, 5)
others = best_patches(torch.rand(897, 4, 4, 4), images, 5, 10)  # (4, 10, 5, 5)
for unit, own, drawn in zip(units, patches, others, strict=True):
    spread, usual = (p.std(dim=0).mean() / images.std() for p in (own, drawn))
    print(f"unit {unit:2d}: its patches differ by {spread:.1f}, others by {usual:.1f}")

tiles = F.pad(patches, (1, 1, 1, 1), value=0.5)  # (4, 10, 7, 7)
plt.figure(figsize=(5.8, 2.6))
plt.imshow(tiles.transpose(1, 2).reshape(28, 70).numpy(), cmap="gray_r")
plt.yticks(3 + 7 * torch.arange(4), [f"unit {unit}" for unit in units])
plt.xticks([])
plt.show()
