"""Average precision: the area under a curve that may only fall."""

import matplotlib.pyplot as plt
import numpy as np
from sklearn.metrics import average_precision_score


def curve(right, objects):
    """Return recall, precision and the precision still to come, after each detection.

    right: (N,), best score first; objects: how many there are; fewer than found:
    ValueError. The last is the best precision at this recall or above.
    """
    hits = np.cumsum(right)  # (N,)
    if objects < max(1, hits[-1:].sum()):
        raise ValueError(f"{hits[-1:].sum()} found of {objects} objects")
    precision = hits / np.arange(1, len(hits) + 1)  # (N,)
    return hits / objects, precision, np.maximum.accumulate(precision[::-1])[::-1]


def average_precision(right, objects):
    """Return the area under the precision still to come. Source: VOC from 2010 on."""
    recall, _, ahead = curve(right, objects)
    return (np.diff(recall, prepend=0) * ahead).sum()


def at_points(right, objects, points):
    """Return its mean at equally spaced recalls: 11 in VOC before 2010, 101 in COCO."""
    recall, precision, _ = curve(right, objects)
    at = np.linspace(0, 1, points)[:, None] - 1e-9  # (points, 1)
    return np.where(recall >= at, precision, 0).max(axis=1).mean()


right = np.array([1, 0, 0, 1, 1, 0, 1, 1, 0, 0])  # (N,): 5 of 7 objects found
recall, precision, ahead = curve(right, 7)
plain = (np.diff(recall, prepend=0) * precision).sum()
sklearn = average_precision_score(right, -np.arange(10))
print(f"area, VOC from 2010 on           {average_precision(right, 7):.3f}")
print(f"11 points, VOC before            {at_points(right, 7, 11):.3f}")
print(f"101 points, COCO                 {at_points(right, 7, 101):.3f}")
print(f"area under the plain precision   {plain:.3f}")
print(f"scikit-learn, that knows no missed object  {sklearn:.3f}")
print(f"the same times 5/7               {sklearn * 5 / 7:.3f}")
junk = average_precision(np.append(right, np.zeros(1000)), 7)
print(f"area with 1000 wrong boxes more, scored below: {junk:.3f}")
rng, wrong = np.random.default_rng(0), 0
for _ in range(2000):
    case = rng.random(rng.integers(1, 30)) < 0.6  # (N,)
    objects, at = case.sum() + rng.integers(1, 5), np.flatnonzero(case) + 1
    reached = [(np.arange(k, len(at)) + 1) / at[k:] for k in range(len(at))]
    area = sum(precisions.max() for precisions in reached) / objects
    wrong += abs(area - average_precision(case, objects)) > 1e-12
print(f"2000 random cases, object by object: {wrong} differ")

plt.step([0, *recall], [1, *precision], "o--", where="pre", label="precision")
plt.step([0, *recall], [ahead[0], *ahead], where="pre", label="still to come")
plt.gca().set(xlabel="recall", ylabel="precision")
plt.legend()
plt.show()
