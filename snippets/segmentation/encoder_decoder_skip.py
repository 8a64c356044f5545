"""A small U-Net with and without its skip connection: where, beside what."""

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


class EncoderDecoder(nn.Module):
    """Down by 4 and up by 4, and perhaps a way across."""

    def __init__(self, skip):
        super().__init__()
        self.skip, self.first = skip, nn.Conv2d(1, 8, 3, padding=1)
        self.down = nn.Conv2d(8, 16, 4, stride=4)
        self.deep = nn.Conv2d(16, 16, 3, padding=1)
        self.up = nn.ConvTranspose2d(16, 8, 4, stride=4)
        self.last = nn.Conv2d(16 if skip else 8, 3, 3, padding=1)

    def forward(self, x):
        fine = self.first(x).relu()  # (N, 8, H, W)
        deep = self.deep(self.down(fine).relu()).relu()  # (N, 16, H / 4, W / 4)
        up = self.up(deep).relu()  # (N, 8, H, W)
        return self.last(torch.cat([up, fine], dim=1) if self.skip else up)


torch.set_default_dtype(torch.float64)
digits = load_digits(n_class=2)
x, y = scenes(digits.images, digits.target)  # (180, 1, 16, 24), (180, 16, 24)
print("          IoU of ink   mean IoU   pixel accuracy")
for name, skip in (("no skip", False), ("with skip", True)):
    torch.manual_seed(0)
    network = EncoderDecoder(skip)
    optimizer = torch.optim.Adam(network.parameters(), lr=0.02, fused=True)
    for step in range(90):
        batch = torch.arange(24 * step, 24 * step + 24) % 120
        loss = F.cross_entropy(network(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    said, truth = network(x[120:]).argmax(dim=1), y[120:]  # (60, H, W), (60, H, W)
    masks = [(said > 0, truth > 0), *((said == c, truth == c) for c in range(3))]
    ink, *each = [((a & b).sum() / (a | b).sum()).item() for a, b in masks]
    print(f"{name:<12}{ink:8.2f}{sum(each) / 3:11.2f}", end="")
    print(f"{(said == truth).double().mean():17.3f}")
