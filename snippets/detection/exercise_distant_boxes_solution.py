"""A solution: IoU, less the empty share of the hull."""


def giou(a, b):
    """Return the IoU less the share of the hull that neither box covers.

    a, b: (x1, y1, x2, y2), of some area. The hull is the smallest box around both.
    """
    both = 1
    hull = 1
    for low in (0, 1):  # one axis after the other
        high = low + 2
        both *= max(0, min(a[high], b[high]) - max(a[low], b[low]))
        hull *= max(a[high], b[high]) - min(a[low], b[low])
    either = sum((c[2] - c[0]) * (c[3] - c[1]) for c in (a, b)) - both
    return both / either - (hull - either) / hull


# The check
pairs = {
    ((0, 0, 4, 4), (0, 0, 4, 4)): 1,
    ((0, 0, 4, 4), (4, 0, 8, 4)): 0,
    ((0, 0, 2, 1), (8, 0, 10, 1)): -0.6,
    ((0, 0, 1, 2), (0, 8, 1, 10)): -0.6,
    ((0, 0, 2, 2), (3, 3, 5, 5)): -0.68,
    ((0, 0, 4, 4), (1, 1, 3, 2)): 0.125,
    ((0, 0, 4, 4), (2, 2, 6, 6)): 1 / 7 - 2 / 9,
}
wrong = ""
for (a, b), expected in pairs.items():
    for answer in (giou(a, b), giou(b, a)):
        if not wrong and (answer is None or abs(answer - expected) > 1e-9):
            wrong = f"not yet: {a} and {b}: expected {expected:.3f}, got {answer}"
print(wrong or "right: 7 pairs, either way round")
