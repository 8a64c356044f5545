"""What each channel of a layer says about one digit, caught by a hook."""

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


def watch(network, layer, x):
    """Return what layer number `layer` gives for x (N, C, H, W)."""
    caught = []
    hook = network[layer].register_forward_hook(
        lambda m, i, output: caught.append(output)
    )
    with torch.no_grad():
        network(x)
    hook.remove()  # or it stays for good
    return caught[0]


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
digits = load_digits()
x = torch.tensor(digits.images)[:, None] / 16  # (N, C, H, W): 0 is paper, 1 ink
y = torch.tensor(digits.target)  # (N,)
network = train()
right = (network(x[900:]).argmax(dim=1) == y[900:]).double().mean()
print(f"{right:.2f} of 897 new digits right")
maps = watch(network, 1, x[904:905])[0]  # (8, 6, 6), after the first ReLU
deep = watch(network, 3, x[904:905])[0]  # (16, 4, 4), after the second
for name, layer in (("first", maps), ("second", deep)):
    active = (layer > 0).double().mean()
    print(f"{name:<7} layer: maps {tuple(layer.shape)}, {active:.1f} of them above 0")
for number in (0, 2):
    print(f"weights of layer {number}: {tuple(network[number].weight.shape)}")

figure, panels = plt.subplots(2, 5, figsize=(5.8, 2.7))
shown = [x[904, 0], *maps, deep[0]]
names = ["digit", *(f"map {n}" for n in range(8)), "layer 2"]
for axes, picture, name in zip(panels.flat, shown, names, strict=True):
    axes.imshow(picture.detach().numpy(), cmap="gray_r", vmin=0)
    axes.set_title(name)
    axes.axis("off")
plt.show()
