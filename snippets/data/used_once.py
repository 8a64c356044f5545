"""The best of many useless models looks good on the examples that chose it."""

import numpy as np

N = 500  # validation examples, and as many test examples
rng = np.random.default_rng(0)
deviation = 0.5 / np.sqrt(N)
print("models   best on validation   bound   the same model on the test set")
for models in (1, 10, 100, 1000, 10_000):
    sets = max(400, 40_000 // models)
    right = rng.binomial(N, 0.5, (sets, models))  # (sets, models): each guesses
    best = right.max(axis=1).mean() / N
    bound = 0.5 + deviation * np.sqrt(2 * np.log(models))
    fresh = rng.binomial(N, 0.5, 40_000).mean() / N
    print(f"{models:6d}{best:20.3f}{bound:8.3f}{fresh:20.3f}")
