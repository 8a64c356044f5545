"""From a picture to a tensor and back: the order of axes, the scale, the rounding."""

import numpy as np
import torch
from PIL import Image


def to_tensor(image):
    """Return a PIL image as (3, H, W) float32 from 0 to 1, whatever its mode."""
    pixels = np.array(image.convert("RGB"))  # (H, W, 3), uint8, a copy
    return torch.from_numpy(pixels).permute(2, 0, 1).contiguous().float() / 255


def to_image(x):
    """Return (3, H, W) floats from 0 to 1 as a PIL image; anything else: ValueError."""
    if x.ndim != 3 or x.shape[0] != 3 or not x.is_floating_point():
        raise ValueError(f"{tuple(x.shape)} {x.dtype}, not (3, H, W) of floats")
    pixels = (x.clamp(0, 1) * 255).round().to(torch.uint8)  # (3, H, W)
    return Image.fromarray(pixels.permute(1, 2, 0).numpy())


rng = np.random.default_rng(0)
array = rng.integers(256, size=(20, 30, 3), dtype=np.uint8)  # (H, W, C)
image = Image.fromarray(array)
x = to_tensor(image)  # (C, H, W)
print(f"PIL      size {image.size}, mode {image.mode}: width first")
print(f"NumPy    shape {np.array(image).shape}, {np.array(image).dtype}")
print(f"torch    shape {tuple(x.shape)}, {x.dtype}, {x.min():.1f} to {x.max():.1f}")
print(f"and back the same picture: {np.array_equal(to_image(x), array)}")

every = torch.arange(256) / 255  # (256,)
for name, back in {
    "round": (every * 255).round().to(torch.uint8),
    "cut off": (every * 255).to(torch.uint8),
    "cut off, a millionth less": (every * 0.999999 * 255).to(torch.uint8),
}.items():
    print(f"{name}: {(back != torch.arange(256)).sum()} of 256 values change")

for mode in ("L", "RGBA", "1"):
    other = image.convert(mode)
    print(f"mode {mode:<5} NumPy {np.array(other).shape!s:<12}", end=" ")
    print(f"{np.array(other).dtype!s:<6} to_tensor {tuple(to_tensor(other).shape)}")
try:
    torch.from_numpy(array[:, :, ::-1])  # BGR to RGB
except ValueError as error:
    print(str(error).partition(". (")[0])
