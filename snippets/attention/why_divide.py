"""Why scores are divided by the root of the width: without it one key takes all."""

import torch

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
print("           std of the score    largest of 64 weights    slope of the softmax")
print("width E      as is   / root       as is      / root        as is    / root")
for width in (4, 16, 64, 256, 1024):
    query = torch.randn(150, 1, width)  # (queries, 1, E)
    key = torch.randn(150, 64, width)  # (queries, S, E)
    scores = (query * key).sum(dim=2)  # (queries, S)
    stds, largest, slopes = [], [], []
    for kind in (scores, scores / width**0.5):
        weights = kind.softmax(dim=1)  # (queries, S)
        stds.append(kind.std().item())
        largest.append(weights.amax(dim=1).mean().item())
        # d weight / d own score, summed over the keys
        slopes.append((weights * (1 - weights)).sum(dim=1).mean().item())
    print(
        f"{width:7d}{stds[0]:11.1f}{stds[1]:9.1f}"
        f"{largest[0]:12.2f}{largest[1]:12.2f}{slopes[0]:13.2f}{slopes[1]:10.2f}"
    )
