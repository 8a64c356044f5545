"""The modes of F.interpolate: steps, straight lines, or a curve that overshoots."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F


def resize(row, size, mode):
    """Return a row (W,) resized to (size,), as an image of one row of pixels."""
    return F.interpolate(row[None, None, None], size=(1, size), mode=mode)[0, 0, 0]


up = torch.tensor([0.0, 0, 0, 4, 4, 1, 1, 1]).double()  # (W,)
down = torch.arange(10, dtype=torch.float64)  # (W,)
print("mode                 8 values from 0 to 4, to 80   0, 1, ... 9, to 4")
for mode in ("nearest", "nearest-exact", "bilinear", "bicubic", "area"):
    large = resize(up, 80, mode)  # (80,)
    small = "".join(f"{v:6.2f}" for v in resize(down, 4, mode).tolist())
    print(f"{mode:<14}{large.min():14.2f} to {large.max():.2f}     {small}")

edges = (torch.arange(80) + 0.5) / 10 - 0.5  # (80,), in inputs
for mode, style in (("nearest-exact", "-."), ("bilinear", "--"), ("bicubic", "-")):
    plt.plot(edges, resize(up, 80, mode), style, label=mode)
plt.plot(torch.arange(8), up, "o", label="inputs")
plt.xlabel("place (input pixels)")
plt.ylabel("value")
plt.legend()
plt.show()
