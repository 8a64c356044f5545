"""Guided backpropagation is a rule for ReLU, and hardly notices another classifier."""

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


def positive(relu, into, out):
    return (into[0].clamp(min=0),)  # into: what ReLU's own rule has left of `out`


def saliency(network, images, labels, guided):
    """Return maps (N, 64) for the scores of the labels. Springenberg et al. 2014."""
    relus = [layer for layer in network if isinstance(layer, nn.ReLU) and guided]
    hooks = [relu.register_full_backward_hook(positive) for relu in relus]
    images = images.clone().requires_grad_()
    score = network(images).gather(1, labels[:, None]).sum()
    (gradient,) = torch.autograd.grad(score, images)
    [hook.remove() for hook in hooks]
    return gradient.flatten(1).abs()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
digits = load_digits()
x = torch.tensor(digits.images)[:, None] / 16  # (N, C, H, W): 0 is paper, 1 ink
y = torch.tensor(digits.target)  # (N,)
network = train()
images, labels = x[900:1100], y[900:1100]  # (N, 1, 8, 8), (N,)
before = [saliency(network, images, labels, guided) for guided in (False, True)]
print(f"cosine of both maps {F.cosine_similarity(*before).mean():.2f}")
network[5].reset_parameters()
after = [saliency(network, images, labels, guided) for guided in (False, True)]
print("cosine of the map with the one after the last layer was made random")
for name, one, two in zip(("gradient", "guided"), before, after, strict=True):
    print(f"{name:<9}{F.cosine_similarity(one, two).mean():.2f}")

figure, panels = plt.subplots(1, 5, figsize=(5.8, 1.7))
shown = images.flatten(1), before[0], after[0], before[1], after[1]
names = "digit", "gradient", "random", "guided", "random"
for axes, name, maps in zip(panels, names, shown, strict=True):
    axes.imshow(maps[4].reshape(8, 8).detach().numpy(), cmap="gray_r")
    axes.set_title(name)
    axes.axis("off")
plt.show()
