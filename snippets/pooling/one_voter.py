"""Averaging over positions is no ensemble: an error of the weights is not averaged."""

import torch

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
positions, channels, trials = 49, 64, 2000
common = torch.randn(channels)  # what all positions of an image share
x = common + 0.5 * torch.randn(positions, channels)  # (positions, C)
noise = torch.randn(trials, channels)  # errors of one classifier's weights
shared = (x @ noise.T).mean(dim=0)  # (trials,): the same weights at all positions
own = torch.randn(trials, positions, channels)  # errors of 49 classifiers
own = (own * x).sum(dim=2)  # (trials, positions)
alone = own[:, 0]  # (trials,): one position, one classifier
for name, error in (
    ("one position", alone),
    ("49 positions, one classifier", shared),
    ("49 positions, 49 classifiers", own.mean(dim=1)),
):
    print(f"{name:<30}std of the score's error {error.std() / alone.std():.2f}")
