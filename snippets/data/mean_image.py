"""The mean image, the mean of a channel, and dividing by deviations, on digits."""

import numpy as np
from sklearn.datasets import load_digits

images = load_digits().images  # (N, H, W), 0 to 16
train, test = images[:1200], images[1200:]  # (N, H, W)
channel, picture = train.mean(), train.mean(axis=0)  # scalar, (H, W)
spread, spreads = train.std(), train.std(axis=0)  # scalar, (H, W)


def shifted(x):
    """Return images (N, H, W) moved one pixel to the right, with 0 at the left."""
    return np.pad(x, ((0, 0), (0, 0), (1, 0)))[:, :, :-1]


def moved(prepare):
    """Return by how much it matters whether images move before or after `prepare`."""
    inside = (slice(None), slice(None), slice(1, None))
    return abs(prepare(shifted(test)) - shifted(prepare(test)))[inside].max()


low, high = spreads[spreads > 0].min(), spreads.max()
print(f"{(spreads == 0).sum()} of 64 pixels never change in the training images")
print(f"deviations of the others: {low:.2f} to {high:.1f}")
print("                           numbers   deviation   largest       shift")
print("subtract, divide by        to keep   of the test  in test   commutes")
safe = np.where(spreads > 0, spreads, 1)  # (H, W)
for name, count, prepare in (
    ("channel mean", 1, lambda x: x - channel),
    ("channel mean, deviation", 2, lambda x: (x - channel) / spread),
    ("mean image", 64, lambda x: x - picture),
    ("mean image, deviation", 65, lambda x: (x - picture) / spread),
    ("each pixel's mean, dev.", 128, lambda x: (x - picture) / safe),
):
    ready = prepare(test)  # (N, H, W)
    commutes = "yes" if moved(prepare) < 1e-9 else "no"
    print(f"{name:<24}{count:10d}{ready.std():12.2f}{ready.max():10.1f}{commutes:>11}")
