"""A solution: a later epoch has to be better than the best, not as good."""

import math


def stop(losses, patience):
    """Return (epoch kept, last epoch trained), both counted from 1.

    Training ends once `patience` epochs in a row were not better than the best so
    far, or when the losses end. An epoch whose loss is nan is never kept.
    """
    best, kept = math.inf, 0
    for epoch, loss in enumerate(losses, start=1):
        if loss < best:
            best, kept = loss, epoch
        if epoch - kept == patience:
            return kept, epoch
    return kept, len(losses)


# The check
wrong = ""
for losses, patience, expected in (
    ([3, 2, 1], 2, (3, 3)),
    ([3, 1, 2, 2, 0], 2, (2, 4)),
    ([3, 1, 2, 2, 0], 3, (5, 5)),
    ([3, 1, 1, 1, 1], 2, (2, 4)),
    ([5, 4, 6, 3, 6, 6, 2], 2, (4, 6)),
    ([3, 1, math.nan, 0.5, 2], 2, (4, 5)),
    ([2, math.nan, math.nan, 1], 2, (1, 3)),
):
    if (got := stop(losses, patience)) != expected:
        wrong = f"not yet: {losses}, {patience}: expected {expected}, got {got}"
        break
print(wrong or "right: 7 curves of 7")
