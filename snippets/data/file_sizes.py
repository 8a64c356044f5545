"""The smallest and the largest files of a set of images, and which can be read."""

import io

import numpy as np
from PIL import Image
from sklearn.datasets import load_sample_image


def jpeg(pixels):
    """Return an image (H, W, C) as the bytes of a JPEG file."""
    file = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(file, "JPEG", quality=90)
    return file.getvalue()


def state(content):
    """Say how far a file can be read: its head only, or all of its pixels."""
    try:
        image = Image.open(io.BytesIO(content))
    except OSError:
        return "no image"
    try:
        image.load()
    except OSError:
        return f"head says {image.size[0]} x {image.size[1]}, pixels are cut off"
    return f"{image.size[0]} x {image.size[1]}, deviation {np.std(image):.0f}"


rng = np.random.default_rng(0)
photo = load_sample_image("flower.jpg")[:256, :256]  # (H, W, C)
ramp = np.broadcast_to(np.arange(256)[:, None, None], (256, 256, 3))  # (H, W, C)
files = {
    "photograph": jpeg(photo),
    "photograph, four times the pixels": jpeg(np.kron(photo, np.ones((2, 2, 1)))),
    "the same, cut off": jpeg(photo)[:4000],
    "thumbnail": jpeg(photo[::8, ::8]),
    "lens cap on": jpeg(np.full((256, 256, 3), 7)),
    "smooth ramp": jpeg(ramp),
    "noise": jpeg(rng.integers(0, 256, (256, 256, 3))),
    "an error page": b"<html>404 Not Found</html>" * 100,
    "empty": b"",
}
print("KiB                                       what opening it says")
for name, content in sorted(files.items(), key=lambda item: len(item[1])):
    print(f"{len(content) / 1024:5.1f}  {name:<35}{state(content)}")
