"""A solution: move each class to a place of its own, and suppress once."""

import torch


def iou(a, b):
    """Return the IoU of each box of a (N, 4) with each of b (M, 4): (N, M)."""
    first = torch.maximum(a[:, None, :2], b[:, :2])  # (N, M, 2)
    last = torch.minimum(a[:, None, 2:], b[:, 2:])  # (N, M, 2)
    both = (last - first).clamp(min=0).prod(dim=2)  # (N, M)
    area_a, area_b = ((x[:, 2:] - x[:, :2]).prod(dim=1) for x in (a, b))  # (N,), (M,)
    return both / (area_a[:, None] + area_b - both)


def nms(boxes, scores, threshold):
    """Return the indices of the boxes that stay, whatever their classes."""
    overlap, kept = iou(boxes, boxes).tolist(), []
    for n in scores.argsort(descending=True).tolist():
        if all(overlap[n][better] <= threshold for better in kept):
            kept.append(n)
    return kept


def nms_per_class(boxes, scores, classes, threshold):
    """Return the indices of those that stay if only boxes of a class compete.

    boxes: (N, 4), anywhere; scores, classes: (N,), classes are integers from 0 on.
    """
    apart = classes * (boxes.max() - boxes.min() + 1)  # (N,): farther than any overlap
    return nms(boxes + apart[:, None], scores, threshold)


# The check
torch.manual_seed(0)
wrong = ""
for _ in range(200):
    corner, size = 30 * torch.randn(25, 2), 10 + 40 * torch.rand(25, 2)
    boxes = torch.cat([corner, corner + size], dim=1)  # (N, 4)
    scores, classes = torch.rand(25), torch.randint(4, (25,))  # (N,), (N,)
    answer = nms_per_class(boxes, scores, classes, 0.3)
    stays = torch.zeros(25, dtype=torch.bool)  # (N,)
    stays[torch.as_tensor([] if answer is None else answer, dtype=torch.long)] = True
    rivals = (iou(boxes, boxes) > 0.3) & (classes[:, None] == classes)  # (N, N)
    beaten = (rivals & (scores[:, None] < scores) & stays).any(dim=1)  # (N,)
    for n in (stays == beaten).nonzero()[:1].flatten().tolist():
        wrong = f"not yet: box {n} of class {classes[n]}: expected it to "
        wrong += "go, it stays" if stays[n] else f"stay, got {answer}"
print(wrong or "right: 200 sets of 25 boxes in 4 classes")
