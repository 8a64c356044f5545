"""Sixty random trials hit the best 5 % with a chance of 95 %, whatever is searched."""

import numpy as np


def chance(trials, share):
    """Return the probability that one random trial or more is among the best `share`.

    The share is that of the draws, not of the distance to the best. Bergstra and
    Bengio 2012, section 2. No such share or number: ValueError.
    """
    if trials < 0 or not 0 <= share <= 1:
        raise ValueError(f"no number of trials and share: {trials}, {share}")
    return 1 - (1 - share) ** trials


rng = np.random.default_rng(0)
ranks = rng.uniform(size=(20_000, 60))  # (searches, trials): 0 is the best draw of all
print("chance of one among the    best 10 %   best 5 %   best 1 %   best 5 %, counted")
for trials in (5, 15, 30, 60):
    row = "".join(f"{chance(trials, share):11.2f}" for share in (0.1, 0.05, 0.01))
    counted = (ranks[:, :trials].min(axis=1) < 0.05).mean()
    print(f"{trials:9d} trials     {row}{counted:20.2f}")
