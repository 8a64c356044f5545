"""A mean over one axis too many: the classes are averaged away, and code still runs."""

import torch
from torch import nn

torch.manual_seed(0)
features = torch.randn(4, 16, 5, 3)  # (N, C, H, W)
head = nn.Conv2d(16, 10, 1)  # ten classes, at each position
maps = head(features)  # (N, 10, H, W)
y = torch.tensor([3, 0, 9, 9])  # (N,)

for axes in ((2, 3), (1, 2, 3)):
    scores = maps.mean(dim=axes)
    print(f"mean over axes {axes}: scores {tuple(scores.shape)}")
    accuracy = (scores.argmax(dim=-1) == y).float().mean()
    print(f"  argmax {scores.argmax(dim=-1).tolist()}, accuracy {accuracy:.2f}")
    try:
        print(f"  cross-entropy {nn.functional.cross_entropy(scores, y):.2f}")
    except RuntimeError as error:
        print(f"  cross-entropy: {error}")

pooled = features.mean(dim=(2, 3))  # (N, C)
dense = nn.functional.linear(pooled, head.weight.flatten(1), head.bias)  # (N, 10)
off = (maps.mean(dim=(2, 3)) - dense).abs().max()
print(f"1x1 convolution then mean, or mean then linear layer: off by {off:.5f}")
