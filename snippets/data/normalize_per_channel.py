"""Photographs, normalized channel by channel with the training set's statistics."""

import numpy as np
import torch
import torch.nn.functional as F
from sklearn.datasets import load_sample_image


def statistics(x):
    """Return mean and deviation (C,) of images x (N, C, H, W), over N, H and W.

    Other axes, or a channel with one value everywhere: ValueError.
    """
    if x.ndim != 4:
        raise ValueError(f"expected images (N, C, H, W), got {x.shape}")
    mean, std = x.mean(axis=(0, 2, 3)), x.std(axis=(0, 2, 3))  # (C,), (C,)
    if not std.all():
        raise ValueError(f"a constant channel: deviations {std}")
    return mean, std


def normalize(x, mean, std):
    """Return x (N, C, H, W) less mean (C,), over std (C,); other shapes: ValueError."""
    if x.ndim != 4 or mean.shape != (x.shape[1],) or std.shape != mean.shape:
        raise ValueError(f"no channels in common: {x.shape}, {mean.shape}, {std.shape}")
    return (x - mean[:, None, None]) / std[:, None, None]


def crops(count, left, right):
    """Return crops (N, C, H, W) between two columns of two photographs, 0 to 255."""
    rows, columns = rng.integers(387, size=count), rng.integers(left, right - 48, count)
    places = enumerate(zip(rows, columns, strict=True))
    found = [photos[n % 2][r : r + 40, c : c + 48] for n, (r, c) in places]
    return np.stack(found).transpose(0, 3, 1, 2).astype(float)


photos = load_sample_image("china.jpg"), load_sample_image("flower.jpg")  # (H, W, C)
rng = np.random.default_rng(0)
train, test = crops(60, 0, 420), crops(20, 420, 640)  # (N, C, H, W)
mean, std = statistics(train)
print(" " * 24 + "red           green          blue    above 0")
for name, x in {
    "training, as stored": train,
    "training, normalized": normalize(train, mean, std),
    "test, normalized": normalize(test, mean, std),
}.items():
    channels = zip(*statistics(x), strict=True)
    row = "  ".join(f"{m:z6.2f} ± {s:5.2f}" for m, s in channels)
    print(f"{name:<22}{row}{100 * (x > 0).mean():7.0f} %")
off = normalize(train / 255, mean / 255, std / 255) - normalize(train, mean, std)
print(f"divided by 255 first: {abs(off).max():.9f} off")

differ = 0
for _ in range(2000):
    n, c, h, w = rng.integers(1, 6, 4) + [1, 0, 0, 0]
    x = 1e4 + 10 ** rng.uniform(-1, 3) * rng.random((n, c, h, w))  # (N, C, H, W)
    torchs = F.batch_norm(torch.tensor(x), None, None, training=True, eps=1e-15).numpy()
    differ += not np.allclose(normalize(x, *statistics(x)), torchs, atol=1e-6)
print(f"2000 random batches against torch's batch norm: {differ} differ")
