"""Intersection over union by formula and by counting cells; what +1 does to it."""

import torch


def iou(a, b):
    """Return the IoU of each box of a (N, 4) with each box of b (M, 4): (N, M).

    A box is (x1, y1, x2, y2), its edges in any unit, with x1 <= x2 and y1 <= y2, or
    ValueError. Two boxes without area: 0. Source: Everingham et al. 2010, detection.
    """
    for boxes in (a, b):
        if boxes.ndim != 2 or boxes.shape[1] != 4:
            raise ValueError(f"expected boxes (N, 4), got {tuple(boxes.shape)}")
        in_order = (boxes[:, :2] <= boxes[:, 2:]).all(dim=1)  # (N,)
        if not in_order.all():
            wrong = boxes[~in_order][0].tolist()
            raise ValueError(f"expected x1 <= x2 and y1 <= y2, got {wrong}")
    first = torch.maximum(a[:, None, :2], b[:, :2])  # (N, M, 2)
    last = torch.minimum(a[:, None, 2:], b[:, 2:])  # (N, M, 2)
    both = (last - first).clamp(min=0).prod(dim=2)  # (N, M)
    area_a, area_b = ((x[:, 2:] - x[:, :2]).prod(dim=1) for x in (a, b))  # (N,), (M,)
    either = area_a[:, None] + area_b - both  # (N, M)
    return torch.where(either > 0, both / either, 0)


def iou_plus_one(a, b):
    """Return what programs compute that take x2 and y2 for the last pixels."""
    last_pixel = torch.tensor([0, 0, 1, 1])
    return iou(a + last_pixel, b + last_pixel)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
print("box 0 0 4 4 and                    IoU   with +1")
for name, other in {
    "itself": [0, 0, 4, 4],
    "2 to the right": [2, 0, 6, 4],
    "a quarter of it": [0, 0, 2, 2],
    "touching: a common edge": [4, 0, 8, 4],
    "touching: a common corner": [4, 4, 8, 8],
    "a box without area": [2, 2, 2, 2],
}.items():
    pair = torch.tensor([[0, 0, 4, 4]]), torch.tensor([other])
    print(f"{name:<30}{iou(*pair).item():8.3f}{iou_plus_one(*pair).item():10.3f}")
pair = torch.tensor([[0, 0, 0.4, 0.4]]), torch.tensor([[0.5, 0.5, 0.9, 0.9]])
print(f"{'apart, as parts of the image':<30}", end="")
print(f"{iou(*pair).item():8.3f}{iou_plus_one(*pair).item():10.3f}")
empty = torch.zeros(1, 4)
print(f"two boxes without area: {iou(empty, empty).item()}")

a, b = (torch.randint(13, (n, 2, 2)).sort(dim=1)[0].reshape(n, 4) for n in (50, 40))
middle = torch.arange(12) + 0.5  # (L,), the middles of cells
inside = [(x[:, :2, None] < middle) & (middle < x[:, 2:, None]) for x in (a, b)]
cells = [torch.einsum("nw,nh->nhw", *x.double().unbind(1)).flatten(1) for x in inside]
both = cells[0] @ cells[1].T  # (N, M)
either = cells[0].sum(1)[:, None] + cells[1].sum(1) - both  # (N, M)
wrong = (iou(a, b) - both / either.clamp(min=1)).abs() > 1e-12
print(f"{wrong.numel()} pairs against a count of cells: {wrong.sum()} differ")
