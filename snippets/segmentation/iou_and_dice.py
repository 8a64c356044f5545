"""IoU and Dice of masks, and what pixel accuracy hides."""

import numpy as np
from sklearn.metrics import f1_score, jaccard_score


def confusion(said, truth, classes, ignore=None):
    """Return how many pixels of each true class got each class, (classes, classes).

    said, truth: integers of one shape, or ValueError; rows are true classes. Pixels
    whose truth is `ignore` don't count; others out of range: ValueError.
    """
    if said.shape != truth.shape:
        raise ValueError(f"expected equal shapes, got {said.shape} and {truth.shape}")
    said, truth = said[truth != ignore], truth[truth != ignore]  # (P,), (P,)
    for labels in (said, truth):
        if labels.size and not 0 <= labels.min() <= labels.max() < classes:
            raise ValueError(f"a class of {np.unique(labels)} is not below {classes}")
    pairs = classes * truth + said  # (P,)
    return np.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def iou_and_dice(counts):
    """Return the IoU and the Dice coefficient of each class, (C,) and (C,).

    counts: (C, C). NaN for a class that is neither there nor said to be.
    Source: Everingham et al. 2010, segmentation; Dice 1945.
    """
    right, rows, columns = counts.diagonal(), counts.sum(axis=1), counts.sum(axis=0)
    both = np.where(rows + columns > 0, rows + columns, np.nan)  # (C,)
    return right / (both - right), 2 * right / both


rng = np.random.default_rng(0)
truth = np.zeros((100, 200), int)  # (H, W): background
truth[40:60, 90:100] = 1  # an object, 1 % of the pixels
shifted = np.roll(truth, 3, axis=1)  # (H, W)
print("the answer is             accuracy   mean IoU   IoU of the object   Dice")
for name, said in {
    "background everywhere": np.zeros_like(truth),
    "the object, 3 pixels off": shifted,
    "a 2 pixels wider object": shifted | np.roll(truth, -1, axis=1) | truth,
}.items():
    counts = confusion(said, truth, 2)
    iou, dice = iou_and_dice(counts)
    print(f"{name:<24}{counts.trace() / counts.sum():10.4f}{iou.mean():11.3f}", end="")
    print(f"{iou[1]:15.3f}{dice[1]:13.3f}")

wrong = 0
for _ in range(200):
    said, truth = rng.integers(0, 4, (2, 30))  # (P,), (P,)
    iou, dice = iou_and_dice(confusion(said, truth, 4))
    wrong += not np.allclose(iou, jaccard_score(truth, said, average=None))
    wrong += not np.allclose(dice, f1_score(truth, said, average=None))
    wrong += not np.allclose(dice, 2 * iou / (1 + iou))
print(f"200 maps, against scikit-learn and 2 IoU / (1 + IoU): {wrong} differ")
