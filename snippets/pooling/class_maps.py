"""Scores of the mean are the mean of the scores: a map for each class, averaged."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(1, 6, 4, 5, requires_grad=True)  # (N, C, H, W)
dense = nn.Linear(6, 3)
scores = dense(x.mean(dim=(2, 3)))  # (N, classes)

as_kernel = dense.weight[:, :, None, None]  # (classes, C, 1, 1)
maps = F.conv2d(x, as_kernel, dense.bias)  # (N, classes, H, W)
off = (maps.mean(dim=(2, 3)) - scores).abs().max()
print(f"class maps {tuple(maps.shape)}, their means against the scores: {off:.12f}")

(gradient,) = torch.autograd.grad(scores[0, 1], x)  # (N, C, H, W)
ratio = gradient[0] / dense.weight[1][:, None, None]  # (C, H, W)
print(f"gradient at each of 20 positions: weight times {ratio.unique().mean():.2f}")

votes = maps.softmax(dim=1).mean(dim=(2, 3))  # each position votes
row = [f"{p:.2f}" for p in (*scores.softmax(dim=1)[0], *votes[0])]
print("softmax of the mean:", *row[:3], "  mean of the softmaxes:", *row[3:])
