"""A solution: counts over all pixels with a label first, then a ratio per class."""

import numpy as np


def mean_iou(said, truth, classes):
    """Return the mean over classes of one IoU over all images together.

    said, truth: lists of integer arrays. Pixels whose truth is 255 don't count, nor do
    classes that are neither there nor said to be.
    """
    said, truth = (np.concatenate([m.ravel() for m in maps]) for maps in (said, truth))
    said, truth = said[truth != 255], truth[truth != 255]  # (P,), (P,)
    each = []
    for c in range(classes):
        both, either = (said == c) & (truth == c), (said == c) | (truth == c)
        if either.any():
            each.append(both.sum() / either.sum())
    return sum(each) / len(each)


# The check
maps = [np.array([[0, 0, 1], [1, 2, 2]]), np.array([[0, 0]])]
cases = {
    "all right": (maps, 3, 1),
    "all right, of 9 classes": (maps, 9, 1),
    "one pixel wrong": ([maps[0], np.array([[0, 1]])], 3, 0.80556),
    "a whole image wrong": ([maps[0], np.array([[2, 2]])], 3, 0.66667),
    "no label at a wrong pixel": (
        [np.array([[0, 0, 1], [255, 0, 2]]), maps[1]],
        3,
        0.76667,
    ),
    "no label in an image": ([maps[0], np.array([[255, 255]])], 3, 1),
}
wrong = ""
for name, (truth, classes, expected) in cases.items():
    answer = mean_iou(maps, truth, classes)
    if answer is None or not abs(answer - expected) < 1e-4:
        wrong = wrong or f"not yet: {name}: expected {expected:.4f}, got {answer}"
print(wrong or f"right: {len(cases)} cases")
