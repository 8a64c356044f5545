"""Which anchors learn what: positive, negative or ignored, by IoU with the objects."""

import torch


def iou(a, b):
    """Return the IoU of each box of a (N, 4) with each of b (M, 4): (N, M)."""
    first = torch.maximum(a[:, None, :2], b[:, :2])  # (N, M, 2)
    last = torch.minimum(a[:, None, 2:], b[:, 2:])  # (N, M, 2)
    both = (last - first).clamp(min=0).prod(dim=2)  # (N, M)
    area_a, area_b = ((x[:, 2:] - x[:, :2]).prod(dim=1) for x in (a, b))  # (N,), (M,)
    return both / (area_a[:, None] + area_b - both)


def match(overlap, low=0.3, high=0.7):
    """Return a label for each anchor, (N,): 1 object, 0 background, -1 ignored.

    overlap: IoU of N anchors with M >= 1 objects, (N, M), or ValueError. Positive: at
    least `high` with some object, or best for an object (all of them, if several are).
    Negative: below `low` with all. Source: Ren et al. 2015, section 3.1.2.
    """
    if overlap.ndim != 2 or 0 in overlap.shape or not 0 <= low <= high <= 1:
        raise ValueError(f"overlap {tuple(overlap.shape)}, {low=}, {high=}")
    best = overlap.max(dim=1)[0]  # (N,)
    label = torch.full_like(best, -1, dtype=torch.long)  # (N,)
    label[best < low] = 0
    label[best >= high] = 1
    most = overlap.max(dim=0)[0]  # (M,)
    label[((overlap >= most - 1e-9) & (most > 0)).any(dim=1)] = 1
    return label


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
y, x = 16 * (torch.arange(37) + 0.5), 16 * (torch.arange(62) + 0.5)  # (H,), (W,)
middle = torch.cartesian_prod(y, x).flip(1)[:, None]  # (H W, 1, 2)
sides = [(s / r**0.5, s * r**0.5) for s in (128, 256, 512) for r in (0.5, 1, 2)]
half = torch.tensor(sides) / 2  # (K, 2)
anchors = torch.cat([middle - half, middle + half], dim=2).reshape(-1, 4)  # (N, 4)
inside = (anchors >= 0).all(1) & (anchors <= torch.tensor([1000, 600] * 2)).all(1)
anchors = anchors[inside]  # (N, 4): those across the border are left out

objects = {"large": [300, 50, 780, 520], "medium": [90, 200, 320, 450]}
objects |= {"small": [600, 300, 640, 345], "long": [420, 80, 960, 170]}
overlap = iou(anchors, torch.tensor(list(objects.values()), dtype=torch.float64))
print("object      size   best IoU   anchors at 0.7   positive")
for name, (x1, y1, x2, y2), column in zip(objects, objects.values(), overlap.T):
    positive = (match(column[:, None]) == 1).sum()
    print(f"{name:<8}{x2 - x1:4d}x{y2 - y1:3d}{column.max():11.2f}", end="")
    print(f"{(column >= 0.7).sum():13d}{positive:13d}")

label = match(overlap)  # (N,)
count = {name: (label == n).sum().item() for n, name in ((1, "+"), (0, "-"), (-1, "0"))}
print(f"{len(label)} anchors: {count['+']} positive, {count['-']} negative, ", end="")
print(f"{count['0']} ignored")
few = min(128, count["+"])
print(f"a batch of 256 takes {few} positive and {256 - few} negative ones")
