"""Exercise: where a score comes from, in a network that ends in a mean over places."""

import torch
from torch import nn


def class_map(maps, weight, label):
    """Return the share (H, W) of each place in the score of a label.

    maps: (K, H, W), the last ones; the scores are weight (L, K) times the mean of each
    map over all places, so the mean of what you return has to be the score.
    """
    ...  # your turn


# The check
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
wrong = ""
for _ in range(5):
    body, head = (
        nn.Sequential(nn.Conv2d(1, 6, 3), nn.ReLU()),
        nn.Linear(6, 4, bias=False),
    )
    x = torch.randn(1, 1, 7, 9)  # (N, C, H, W)
    with torch.no_grad():
        maps = body(x)[0]  # (6, 5, 7)
        scores = head(maps.mean(dim=(1, 2)))  # (4,)
        for label in range(4):
            got = class_map(maps, head.weight, label)
            if got is None or got.shape != maps.shape[1:]:
                shape = None if got is None else tuple(got.shape)
                wrong = f"expected shape {tuple(maps.shape[1:])}, got {shape}"
                break
            alone = (
                maps.clone()
            )  # the same network, but all places except one are silent
            alone[:, torch.arange(5) != 2] = 0
            alone[:, :, torch.arange(7) != 3] = 0
            one = head(alone.sum(dim=(1, 2)))[label]
            if (got.mean() - scores[label]).abs() > 1e-9:
                wrong = f"expected a mean of {scores[label]:.3f}, got {got.mean():.3f}"
            elif (got[2, 3] - one).abs() > 1e-9:
                wrong = f"expected {one:.3f} at row 2, column 3, got {got[2, 3]:.3f}"
print(f"not yet: {wrong}" if wrong else "right: each map averages to its score")
