"""The best weights for doubling a photograph, and the pattern that they leave."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_sample_image


def transposed(padding, output_padding=0):
    """Return a function of x (1, 1, H, W) and w (1, 1, k, k) that doubles x."""
    return lambda x, w: F.conv_transpose2d(x, w, None, 2, padding, output_padding)


def resized(mode):
    """Return the same by interpolation and a convolution."""
    return lambda x, w: F.conv2d(F.interpolate(x, None, 2, mode), w, padding=1)


def inside(y):
    """Return the values away from the border, as one row."""
    return y[..., 8:-8, 8:-8].flatten()


torch.set_default_dtype(torch.float64)
pixels = torch.tensor(load_sample_image("china.jpg")).double()  # (H, W, 3)
photo = pixels[100:300, 200:440].mean(dim=2)[None, None] / 255  # (1, 1, H, W), gray
small = F.avg_pool2d(photo, 2)  # (1, 1, H / 2, W / 2)
for name, k, double in (
    ("transposed, kernel 2", 2, transposed(0)),
    ("transposed, kernel 3", 3, transposed(1, 1)),
    ("transposed, kernel 4", 4, transposed(1)),
    ("transposed, kernel 6", 6, transposed(2)),
    ("nearest, then 3 x 3", 3, resized("nearest")),
    ("bilinear, then 3 x 3", 3, resized("bilinear")),
):
    units = torch.eye(k * k).reshape(-1, 1, 1, k, k)  # each weight alone
    parts = torch.stack([inside(double(small, unit)) for unit in units], dim=1)
    w = torch.linalg.lstsq(parts, inside(photo)[:, None]).solution.reshape(1, 1, k, k)
    error = (inside(double(small, w)) - inside(photo)).square().mean().sqrt()
    flat = inside(double(torch.ones(1, 1, 12, 12), w))
    print(f"{name:<20} {k * k:3d} weights", end="   ")
    print(f"error {error:.4f}   ripple {flat.std(correction=0) / flat.mean():.3f}")
