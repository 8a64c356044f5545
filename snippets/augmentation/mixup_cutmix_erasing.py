"""Erasing keeps the label; mixup and CutMix mix two images, and two labels likewise."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_sample_images


def check(a, b, share):
    if a.shape != b.shape or not 0 <= share <= 1:
        shapes = f"{tuple(a.shape)} and {tuple(b.shape)}"
        raise ValueError(f"shapes {shapes}, or a share that is none: {share}")


def mixup(a, b, share):
    """Return the weighted mean of images (C, H, W), and the weight of a's label.

    Zhang et al. 2017, equation 1; `share` is drawn from Beta(alpha, alpha).
    """
    check(a, b, share)
    return share * a + (1 - share) * b, share


def cutmix(a, b, share, middle):
    """Return a (C, H, W) with a rectangle of b about `middle`, and a's label's weight.

    The rectangle has the share 1 - share of the image until it is cut at the border;
    the weight is what is left of a. Yun et al. 2019, equations 1 and 2.
    """
    check(a, b, share)
    H, W = a.shape[1:]
    pasted = torch.ones(H, W, dtype=torch.bool)  # (H, W)
    for axis, size in enumerate((H, W)):
        places = torch.arange(size) - middle[axis]  # (size,)
        half = size * (1 - share) ** 0.5 / 2
        pasted &= (places.abs() < half).unsqueeze(1 - axis)
    return torch.where(pasted, b, a), 1 - pasted.double().mean().item()


def small(image):
    pixels = torch.tensor(image).permute(2, 0, 1).double() / 255  # (C, H, W)
    return F.avg_pool2d(pixels[:, :416, 24:362], 26)


temple, flower = map(small, load_sample_images().images)  # (C, H, W), twice
gray = torch.full_like(temple, 0.5)  # (C, H, W)
results = {
    "erasing": (cutmix(temple, gray, 0.8, (8, 6))[0], 1.0),
    "mixup": mixup(temple, flower, 0.7),
    "CutMix": cutmix(temple, flower, 0.7, (8, 6)),
    "at the corner": cutmix(temple, flower, 0.7, (1, 12)),
}
figure, panels = plt.subplots(1, 4, figsize=(5.8, 2.2))
for axes, (name, (image, weight)) in zip(panels.flat, results.items(), strict=True):
    print(f"{name:<22}label: {weight:.2f} temple, {1 - weight:.2f} flower")
    axes.imshow(image.permute(1, 2, 0).numpy(), interpolation="none")
    axes.set_title(name)
    axes.axis("off")
plt.show()
