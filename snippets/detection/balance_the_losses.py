"""The weight of the box loss: tried on what is wanted, since its unit means nothing."""

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def scenes(digits):
    """Return column and row sums (N, 32) and corners (N, 2) of digits in scenes."""
    corners = np.random.default_rng(0).integers(0, 9, (len(digits), 2))  # (N, 2): x, y
    images = np.zeros((len(digits), 16, 16))  # (N, H, W)
    for image, digit, (x, y) in zip(images, digits, corners):
        image[y : y + 8, x : x + 8] = digit / 16
    profiles = np.concatenate([images.sum(axis=1), images.sum(axis=2)], axis=1)
    return torch.from_numpy(profiles), torch.from_numpy(corners).double()


def share_found(move, same_class):
    """Return the share of the right class with IoU over 0.5; move: (N, 2) pixels."""
    both = (8 - move.abs()).clamp(min=0).prod(dim=1)  # (N,): 8 x 8 boxes
    return ((both / (128 - both) > 0.5) & same_class).double().mean()


def train(x, label, corner, weight, steps=120):
    """Return a network with one trunk, trained for the class and the corner at once."""
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(32, 8), nn.Tanh(), nn.Linear(8, 4))
    optimizer = torch.optim.Adam(network.parameters(), lr=0.02, fused=True)
    for _ in range(steps):
        out = network(x)  # (N, 4): two classes, x, y
        which = F.cross_entropy(out[:, :2], label)
        where = weight * F.smooth_l1_loss(out[:, 2:], corner)
        optimizer.zero_grad()
        (which + where).backward()
        optimizer.step()
    return network


torch.set_default_dtype(torch.float64)
digits = load_digits(n_class=2)
x, corner = scenes(digits.images)  # (N, 32), (N, 2)
label = torch.from_numpy(digits.target)  # (N,)
print("                share of 180 validation images")
print("unit   weight    class right    class and place")
for name, unit in (("pixel", 1), ("image", 16)):
    for weight in (0.01, 0.1, 1, 10, 100):
        network = train(x[:180], label[:180], corner[:180] / unit, weight)
        out = network(x[180:]).detach()  # (N, 4)
        right = out[:, :2].argmax(dim=1) == label[180:]  # (N,)
        found = share_found(out[:, 2:] * unit - corner[180:], right)
        print(f"{name}{weight:8g}{100 * right.double().mean():13.0f} %", end="")
        print(f"{100 * found:17.0f} %")
