"""A label for every pixel: the window around it is classified, by convolutions."""

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def scenes(digits, classes):
    """Return images (N, 1, 16, 24) of two digits each, and labels (N, 16, 24)."""
    rng, count = np.random.default_rng(0), len(digits) // 2
    x, y = np.zeros((count, 16, 24)), np.zeros((count, 16, 24), int)
    for n, digit in enumerate(digits[: 2 * count]):
        top, left = rng.integers(0, 9), rng.integers(0, 5) + 12 * (n % 2)
        place = n // 2, slice(top, top + 8), slice(left, left + 8)
        x[place], y[place] = digit / 16, (digit > 4) * (1 + classes[n])  # 0: background
    x += 0.2 * rng.standard_normal(x.shape)
    return torch.from_numpy(x)[:, None], torch.from_numpy(y)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
digits = load_digits(n_class=2)
x, y = scenes(digits.images, digits.target)  # (180, 1, 16, 24), (180, 16, 24)
look, answer = nn.Conv2d(1, 10, 11, padding="same"), nn.Conv2d(10, 3, 1)
network = nn.Sequential(look, nn.ReLU(), answer)  # (N, 3, H, W)
optimizer = torch.optim.Adam(network.parameters(), lr=0.02, fused=True)
for step in range(90):
    batch = torch.arange(24 * step, 24 * step + 24) % 120
    loss = F.cross_entropy(network(x[batch]), y[batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

said, truth = network(x[120:]).argmax(dim=1), y[120:]  # (60, H, W), (60, H, W)
for c, name in enumerate(("background", "ink of a 0", "ink of a 1")):
    a, b = said == c, truth == c  # (60, H, W), both
    iou = (a & b).sum() / (a | b).sum()
    print(f"{name:<12}{100 * b.double().mean():5.1f} % of the pixels, IoU {iou:.2f}")
print(f"pixel accuracy {(said == truth).double().mean():.2f}")

figure, axes = plt.subplots(3, 3, figsize=(5.8, 4.2))
for row, n in zip(axes, (0, 1, 2)):
    maps = {"image": 2 * x[120 + n, 0], "truth": truth[n], "network": said[n]}
    for axis, (title, values) in zip(row, maps.items()):
        axis.imshow(values.numpy(), cmap="gray", vmin=0, vmax=2)
        axis.set(title=title if n == 0 else "", xticks=[], yticks=[])
plt.show()
