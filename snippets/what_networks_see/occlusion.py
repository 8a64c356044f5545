"""Cover a part of the digit, and see how far the score of its class falls."""

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


def occlusion(score, image, size, fill):
    """Return the fall of the score (H - size + 1, W - size + 1) by the patch covered.

    score: from images (N, 1, H, W) to (N,); image: (1, H, W). Zeiler and Fergus 2013,
    section 4.2. A patch larger than the image: ValueError.
    """
    rows, columns = (side - size + 1 for side in image.shape[1:])
    if size < 1 or min(rows, columns) < 1:
        raise ValueError(f"a patch of {size} does not fit into {tuple(image.shape)}")
    covered = image.repeat(rows, columns, 1, 1, 1)  # (rows, columns, 1, H, W)
    for i in range(rows):
        for j in range(columns):
            covered[i, j, :, i : i + size, j : j + size] = fill
    return (score(image[None]) - score(covered.flatten(0, 1))).reshape(rows, columns)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
digits = load_digits()
x = torch.tensor(digits.images)[:, None] / 16  # (N, C, H, W): 0 is paper, 1 ink
y = torch.tensor(digits.target)  # (N,)
network = train()
image, label = x[904], y[904]  # (1, 8, 8)
figure, panels = plt.subplots(1, 4, figsize=(5.8, 1.9))
panels[0].imshow(image[0].numpy(), cmap="gray_r")
panels[0].set_title("the digit")
for axes, name, fill in zip(panels[1:], ("paper", "gray", "ink"), (0.0, 0.5, 1.0)):
    with torch.no_grad():
        fall = occlusion(lambda images: network(images)[:, label], image, 3, fill)
    where = divmod(fall.argmax().item(), 6)
    told = f"largest fall {fall.max():5.1f} at {where}, median {fall.median():4.1f}"
    print(f"covered by {name:<6} {told}")
    axes.imshow(fall.numpy(), cmap="gray_r", vmin=0)
    axes.set_title(f"by {name}")
for axes in panels:
    axes.axis("off")
plt.show()
