"""Which detections are right: each object counts once, and only at enough overlap."""

import numpy as np


def is_right(overlap, threshold=0.5):
    """Return for each detection, best score first, whether it finds an object, (N,).

    overlap: (N, M), IoU of N detections with the M >= 1 objects of their class in an
    image, or ValueError. A detection takes the object that it overlaps most; if a
    better one has taken that already, it is wrong. Source: Everingham et al. 2010.
    """
    if overlap.ndim != 2 or overlap.shape[1] < 1 or not 0 < threshold <= 1:
        raise ValueError(f"overlap {overlap.shape}, threshold {threshold}")
    right, taken = np.zeros(len(overlap), bool), set()
    for n, object_ in enumerate(overlap.argmax(axis=1)):
        right[n] = overlap[n, object_] >= threshold and object_ not in taken
        taken |= {object_} if right[n] else set()
    return right


nearest = [0, 1, 0, 2, 3, 2, 0, 4, 3, 5]  # the object that each overlaps most
share = [0.92, 0.81, 0.74, 0.41, 0.63, 0.77, 0.12, 0.56, 0.53, 0.33]
overlap = np.zeros((10, 6))  # (N, M)
overlap[np.arange(10), nearest] = share
verdicts = {t: is_right(overlap, t) for t in (0.5, 0.75)}
print("detection  object   IoU   at 0.5   at 0.75")
for n in range(10):
    said = "".join(f"{'right' if v[n] else 'wrong':>8}" for v in verdicts.values())
    print(f"{n + 1:9d}{nearest[n]:8d}{share[n]:6.2f} {said}")
for threshold, right in verdicts.items():
    print(f"at {threshold}: {right.sum()} of 6 objects found by 10 detections")
