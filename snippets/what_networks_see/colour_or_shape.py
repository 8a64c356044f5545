"""What a layer keeps, color or shape, is decided by the task it was trained for."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def explained(values, groups):
    """Return the share of the variance of values (N, ...) between groups (N,)."""
    spread = (values - values.mean(dim=0)).flatten(1)  # (N, D)
    means = torch.stack([spread[groups == g].mean(dim=0) for g in groups.unique()])
    return (means[groups].square().sum() / spread.square().sum()).item()


def train(targets, classes, steps=40):
    """Return the layers of a network that was trained to tell targets (N,)."""
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(3, 12, 3),
        nn.ReLU(),
        nn.Conv2d(12, 16, 3),
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(256, 32),
        nn.ReLU(),
        nn.Linear(32, classes),
    )
    optimizer = torch.optim.Adam(network.parameters(), 0.01)
    for _ in range(steps):
        loss = F.cross_entropy(network(x[:400]), targets[:400])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
pixels, digit = (torch.tensor(a) for a in load_digits(return_X_y=True))
color = torch.randint(3, digit.shape)  # (N,): red, green or blue
x = F.one_hot(color, 3)[:, :, None, None] * pixels.reshape(-1, 1, 8, 8) / 16
new = slice(900, None)
print("share of variance explained by    color   digit")
shares = [explained(x[new], groups[new]) for groups in (color, digit)]
print(f"the image{shares[0]:30.2f}{shares[1]:8.2f}")
for task, targets, classes in (("digit", digit, 10), ("color", color, 3)):
    network, values = train(targets, classes), x[new]
    for number, layer in enumerate(network):
        with torch.no_grad():
            values = layer(values)
        if isinstance(layer, nn.ReLU) or number == len(network) - 1:
            shares = [explained(values, groups[new]) for groups in (color, digit)]
            print(f"told the {task}, layer {number}{shares[0]:18.2f}{shares[1]:8.2f}")
    right = (values.argmax(dim=1) == targets[new]).double().mean()
    print(f"    right on new images: {right:.2f}")
