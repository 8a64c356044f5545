"""Exercise: shares of the pixels in a score that add up to the score."""

import torch
from torch import nn


def shares(score, image, baseline, steps):
    """Return what each pixel adds to score(image) - score(baseline): (C, H, W).

    score: from images (N, C, H, W) to (N,). Integrated gradients: go from the baseline
    to the image on a straight line in equal steps, take the gradient in the middle of
    each step, average, and multiply by how far the pixel has moved.
    """
    ...  # your turn


# The check
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
layers = nn.Conv2d(2, 4, 3), nn.Softplus(), nn.Flatten(), nn.Linear(4 * 3 * 4, 1)
network = nn.Sequential(*layers)
wrong = ""
for steps in (40, 80):
    image, baseline = torch.randn(2, 2, 5, 6)  # (C, H, W), (C, H, W)
    given = image.clone(), baseline.clone()
    got = shares(lambda images: network(images)[:, 0], image, baseline, steps)
    with torch.no_grad():
        ends = network(torch.stack([image, baseline]))[:, 0]  # (2,)
    if got is None or got.shape != image.shape:
        wrong = f"expected shape {tuple(image.shape)}, got {got}"
    elif not (torch.equal(image, given[0]) and torch.equal(baseline, given[1])):
        wrong = "expected image and baseline to stay as they are"
    elif (got.sum() - (ends[0] - ends[1])).abs() > 1e-3:
        wrong = f"expected a sum of {ends[0] - ends[1]:.3f}, got {got.sum():.3f}"
    else:
        one = shares(lambda images: images[:, 0, 1, 2] ** 2, image, baseline, 4)
        if one.count_nonzero() != 1:
            wrong = "expected a share for the only pixel that the second score sees"
    if wrong:
        break
print(f"not yet: {wrong}" if wrong else "right: the shares add up to the score")
