"""Non-maximum suppression, one box after the other and all at once."""

import torch


def iou(a, b):
    """Return the IoU of each box of a (N, 4) with each of b (M, 4): (N, M)."""
    first = torch.maximum(a[:, None, :2], b[:, :2])  # (N, M, 2)
    last = torch.minimum(a[:, None, 2:], b[:, 2:])  # (N, M, 2)
    both = (last - first).clamp(min=0).prod(dim=2)  # (N, M)
    area_a, area_b = ((x[:, 2:] - x[:, :2]).prod(dim=1) for x in (a, b))  # (N,), (M,)
    return both / (area_a[:, None] + area_b - both)


def nms(boxes, scores, threshold):
    """Return the indices of the boxes that stay, best first.

    boxes: (N, 4); scores: (N,), or ValueError. The best box stays, those that overlap
    it by an IoU above the threshold go, and so on with the best of the others.
    """
    if scores.shape != boxes.shape[:1]:
        shapes = tuple(boxes.shape), tuple(scores.shape)
        raise ValueError(f"expected boxes (N, 4) and scores (N,), got {shapes}")
    overlap, kept = iou(boxes, boxes).tolist(), []
    for n in scores.argsort(descending=True, stable=True).tolist():
        if all(overlap[n][better] <= threshold for better in kept):
            kept.append(n)
    return kept


def nms_in_rounds(boxes, scores, threshold, rounds=1000):
    """Return the same, by asking all boxes at once until no answer changes."""
    order = scores.argsort(descending=True, stable=True)  # (N,)
    beats = (iou(boxes[order], boxes[order]) > threshold).triu(1)  # (N, N)
    keep = torch.ones(len(order), dtype=torch.bool)  # (N,)
    for _ in range(rounds):
        before, keep = keep, ~(beats & keep[:, None]).any(dim=0)  # (N,)
        if keep.equal(before):
            break
    return order[keep].tolist()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
boxes = torch.tensor([[x, 0.0, x + 16, 10] for x in (0, 4, 8, 40)])  # (N, 4)
scores = torch.tensor([0.9, 0.8, 0.7, 0.6])  # (N,)
print("IoU of the best box with the others:", end="")
print("".join(f"{x:6.2f}" for x in iou(boxes, boxes)[0]))
for threshold in (0.2, 0.5, 0.7):
    print(f"threshold {threshold}: boxes {nms(boxes, scores, threshold)} stay")
print(f"threshold 0.5, a single round: {nms_in_rounds(boxes, scores, 0.5, rounds=1)}")

wrong = hasty = 0
for _ in range(200):
    corner, size = 20 * torch.rand(20, 2), 5 + 10 * torch.rand(20, 2)
    case = torch.cat([corner, corner + size], dim=1), torch.rand(20), 0.4
    wrong += nms(*case) != nms_in_rounds(*case)
    hasty += nms(*case) != nms_in_rounds(*case, rounds=1)
print(f"200 sets of 20 boxes, all at once: {wrong} differ; a single round: {hasty}")
