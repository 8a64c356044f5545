"""The four losses of Faster R-CNN: which and where, asked of two stages."""

import torch
import torch.nn.functional as F
from torch import nn


def two_losses(logits, deltas, label, target):
    """Return the losses of a stage: which, over all boxes, and where, over objects.

    logits: (R, C + 1), class 0 is background; label: (R,); deltas, target: (R, 4), or
    ValueError. Both are divided by R. Source: Girshick 2015, equations 1 to 3.
    """
    if len(lengths := {len(x) for x in (logits, deltas, label, target)}) > 1:
        raise ValueError(f"expected equally many of all, got {lengths}")
    there = label > 0  # (R,): background has no box
    where = F.smooth_l1_loss(deltas[there], target[there], reduction="sum")
    return F.cross_entropy(logits, label), where / len(label)


def compare(boxes, truth):
    """Return IoU (R,) of boxes (R, 4) with a box (4,), and deltas to it (R, 4)."""
    a, b = boxes.view(-1, 2, 2), truth.view(2, 2)  # first and last corner
    both = torch.minimum(a[:, 1], b[1]) - torch.maximum(a[:, 0], b[0])  # (R, 2)
    both, unit, size = both.clamp(min=0).prod(dim=1), a[:, 1] - a[:, 0], b[1] - b[0]
    deltas = torch.cat([(b.mean(0) - a.mean(1)) / unit, (size / unit).log()], dim=1)
    return both / (size.prod() + unit.prod(dim=1) - both), deltas


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
truth, its_class = torch.tensor([30.0, 14, 86, 72]), 2  # (4,) in pixels; of 3 classes
trunk = nn.Conv2d(3, 16, 16, stride=16)
features = trunk(torch.randn(1, 3, 96, 128)).relu()  # (N, C, H, W): (1, 16, 6, 8)
x = features[0].flatten(1).T  # (48, 16)
middle = 16 * torch.cartesian_prod(torch.arange(6), torch.arange(8)).flip(1) + 8
anchors = torch.cat([middle - 24.0, middle + 24.0], dim=1)  # (48, 4): one a position
overlap, target = compare(anchors, truth)
score, delta = nn.Linear(16, 2)(x), nn.Linear(16, 4)(x)  # (48, 2), (48, 4)
label = (overlap > 0.5).long()
stages = [("anchors", label, two_losses(score, delta, label, target))]
best = (score[:, 1] - score[:, 0]).topk(12).indices  # the boxes are inputs from here on
middle = middle[best] + 48 * delta[best, :2].detach()  # (12, 2)
half = 24 * delta[best, 2:].detach().exp()  # (12, 2)
regions = torch.cat([torch.cat([middle - half, middle + half], dim=1), truth[None]])
at = regions.view(1, 13, 2, 2).mean(2, keepdim=True) / torch.tensor([64, 48]) - 1
x = F.grid_sample(features, at, align_corners=False)[0, :, :, 0].T  # (13, 16): RoIAlign
overlap, target = compare(regions, truth)
score, delta = nn.Linear(16, 4)(x), nn.Linear(16, 4 * 3)(x)  # (13, 4), (13, 12)
label = its_class * (overlap > 0.5)  # (13,)
delta = delta.view(13, 3, 4)[:, its_class - 1]  # (13, 4): those of its class
stages.append(("regions", label, two_losses(score, delta, label, target)))

print("                   boxes   loss   gradient at the trunk")
for name, label, losses in stages:
    counts = len(label), (label > 0).sum()
    for ask, count, loss in zip(("which", "where"), counts, losses):
        (gradient,) = torch.autograd.grad(loss, trunk.weight, retain_graph=True)
        print(f"{name}: {ask:<6}{count:9d}{loss.item():9.3f}{gradient.norm():13.3f}")
