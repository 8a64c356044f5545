"""The gradient of a score by the pixels, and what it says about removing them."""

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


def of_label(values):
    return values.gather(1, labels[:, None])[:, 0]  # (N,)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
digits = load_digits()
x = torch.tensor(digits.images)[:, None] / 16  # (N, C, H, W): 0 is paper, 1 ink
y = torch.tensor(digits.target)  # (N,)
network = train()
images, labels = x[900:1100], y[900:1100]  # (N, 1, 8, 8), (N,)
images.requires_grad_()
score, chance = of_label(network(images)), of_label(network(images).softmax(dim=1))
(by_score,) = torch.autograd.grad(score.sum(), images)  # (N, 1, 8, 8)
(by_chance,) = torch.autograd.grad(chance.sum(), images)  # (N, 1, 8, 8)
sure, images = chance.argmax(), images.detach()
for name, found in (("score", by_score), ("probability", by_chance)):
    print(f"the surest digit, gradient of its {name:<12}{found[sure].norm():7.4f}")
print("six pixels erased            the score falls by, on average")
ink = torch.rand_like(images) * (images > 0)  # (N, 1, 8, 8)
ways = {
    "gradient": by_score.abs(),
    "gradient x pixel": by_score * images,
    "any ink": ink,
}
for name, found in ways.items():
    six = found.flatten(1).topk(6).indices  # (N, 6)
    erased = images.flatten(1).scatter(1, six, 0.0).reshape(images.shape)
    print(f"{name:<28}{(score - of_label(network(erased))).mean():6.1f}")

figure, panels = plt.subplots(1, 3, figsize=(5.8, 2.3))
for axes, (name, pictures) in zip(panels, ({"digit": images} | ways).items()):
    axes.imshow(pictures[4, 0].clamp(min=0).numpy(), cmap="gray_r")
    axes.set_title(name)
    axes.axis("off")
plt.show()
