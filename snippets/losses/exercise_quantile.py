"""Exercise: a loss whose best constant is a quantile."""

import numpy as np


def pinball(prediction, target, share):
    """Return the loss (N,) of a prediction, a number, for each target (N,).

    Its mean is least where `share` of the targets lie below the prediction.
    For a share of 0.5, that is the median, and half the absolute error does it.
    """
    ...  # your turn


# The check
rng = np.random.default_rng(0)
wrong = ""
for share in (0.5, 0.9, 0.1, 0.25, 0.99):
    target = rng.exponential(size=999) - 0.3  # (N,)
    places = np.linspace(target.min(), target.max(), 3001)  # (M,)
    losses = [pinball(place, target, share) for place in places]
    if any(np.shape(loss) != (999,) for loss in losses):
        wrong = f"not yet: expected a loss of shape (999,), got {losses[0]}"
        break
    best = places[np.argmin(np.mean(losses, axis=1))]
    below = np.mean(target <= best)
    if abs(below - share) > 0.004:
        wrong = f"not yet: share {share}: {below:.3f} of the targets lie below the best"
        break
    half = np.allclose(pinball(best, target, 0.5), abs(target - best) / 2)
    if not half or min(map(np.min, losses)) < 0:
        wrong = (
            "not yet: share 0.5 is not half the absolute error, or a loss is below 0"
        )
        break
print(wrong or "right: the best constant is the quantile, for five shares")
