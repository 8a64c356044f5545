"""Five changes of one photograph that leave its name as it is."""

import math

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_sample_image


def warp(image, angle=0.0, zoom=1.0):
    """Turn (C, H, W) counterclockwise by degrees and enlarge it, about the middle.

    Between pixels: bilinear. Outside: the border's color. zoom <= 0: ValueError.
    """
    if zoom <= 0:
        raise ValueError(f"expected a zoom above 0, got {zoom}")
    _, H, W = image.shape
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    # Where each output pixel comes from; torch measures both axes from -1 to 1.
    turn = torch.tensor([[[c, -s * H / W, 0], [s * W / H, c, 0]]]) / zoom  # (1, 2, 3)
    grid = F.affine_grid(turn.to(image), (1, 1, H, W), align_corners=False)
    return F.grid_sample(image[None], grid, "bilinear", "border", False)[0]  # (C, H, W)


def contrast(image, factor):
    return (image.mean() + factor * (image - image.mean())).clamp(0, 1)


def saturation(image, factor):
    gray = image.mean(dim=0)  # (H, W)
    return (gray + factor * (image - gray)).clamp(0, 1)


photo = torch.tensor(load_sample_image("china.jpg")).permute(2, 0, 1) / 255.0
image = F.avg_pool2d(photo[:, :416, 24:362].double(), 26)  # (C, H, W)
C, H, W = image.shape
versions = {
    "as it is": image,
    "mirrored": image.flip(2),
    "cropped": F.interpolate(image[None, :, 1:12, 2:11], (H, W), mode="bilinear")[0],
    "turned": warp(image, angle=10, zoom=1.2),
    "contrast": contrast(image, 1.8),
    "gray": saturation(image, 0),
}
figure, panels = plt.subplots(2, 3)
print(f"{C} x {H} x {W} values            mean   change of a value")
for axes, (name, version) in zip(panels.flat, versions.items(), strict=True):
    change = (version - image).abs().mean()
    print(f"{name:<24}{version.mean():6.2f}{change:20.2f}")
    axes.imshow(version.permute(1, 2, 0).numpy(), interpolation="none")
    axes.set_title(name)
    axes.axis("off")
plt.show()
