"""The default boxes of SSD: six maps, from small boxes to large ones."""

import torch


def default_boxes(cells, scale, next_scale, ratios):
    """Return the default boxes of a map, (cells, cells, K, 4), as parts of the image.

    One for each ratio of width to height, and one more square between this scale and
    the next. No cell, or a scale that is not above 0: ValueError.
    Source: Liu et al. 2015, section 2.2.
    """
    if cells < 1 or not 0 < scale < next_scale:
        raise ValueError(f"{cells=}, {scale=}, {next_scale=}")
    sides = [(scale * r**0.5, scale / r**0.5) for r in ratios]
    half = torch.tensor([*sides, ((scale * next_scale) ** 0.5,) * 2]) / 2  # (K, 2)
    at = (torch.arange(cells) + 0.5) / cells  # (cells,)
    y, x = torch.meshgrid(at, at, indexing="ij")  # (cells, cells), both
    middle = torch.stack([x, y], dim=2)[:, :, None]  # (cells, cells, 1, 2)
    return torch.cat([middle - half, middle + half], dim=3)


def iou(a, b):
    """Return the IoU of each box of a (N, 4) with each of b (M, 4): (N, M)."""
    first = torch.maximum(a[:, None, :2], b[:, :2])  # (N, M, 2)
    last = torch.minimum(a[:, None, 2:], b[:, 2:])  # (N, M, 2)
    both = (last - first).clamp(min=0).prod(dim=2)  # (N, M)
    area_a, area_b = ((x[:, 2:] - x[:, :2]).prod(dim=1) for x in (a, b))  # (N,), (M,)
    return both / (area_a[:, None] + area_b - both)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
few, many = (1, 2, 1 / 2), (1, 2, 1 / 2, 3, 1 / 3)
scales = [0.2 + 0.7 * k / 5 for k in range(7)]  # 0.2 to 0.9, and one beyond
maps, boxes = (38, 19, 10, 5, 3, 1), []
print("map       scale   boxes a cell    boxes   channels of its 3x3 layer, 21 classes")
for n, (cells, ratios) in enumerate(zip(maps, (few, many, many, many, few, few))):
    boxes.append(default_boxes(cells, scales[n], scales[n + 1], ratios))
    k = boxes[-1].shape[2]
    print(f"{cells:2d} x {cells:2d}{scales[n]:9.3f}{k:13d}", end="")
    print(f"{cells * cells * k:11d}{k * (21 + 4):13d}")
boxes = torch.cat([b.reshape(-1, 4) for b in boxes])  # (8732, 4)

objects = [0.1, 0.2, 0.6, 0.7], [0.62, 0.3, 0.74, 0.42], [0.7, 0.6, 0.95, 0.75]
overlap = iou(boxes, torch.tensor(objects))  # (8732, 3)
positive = (overlap > 0.5).any(dim=1)  # (8732,)
positive[overlap.argmax(dim=0)] = True  # each object has its best box
loss = torch.rand(len(boxes)) * ~positive  # (8732,): made up, of calling it background
hardest = loss.topk(3 * positive.sum()).indices
share = 100 * (~positive).double().mean()
print(f"{len(boxes)} boxes, 3 objects: {positive.sum()} are positive, ", end="")
print(f"{share:.2f} % background,")
print(f"of which the {len(hardest)} with the largest loss count")
