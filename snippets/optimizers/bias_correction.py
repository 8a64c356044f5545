"""Adam with and without its correction: at the defaults, early steps are too large."""

import numpy as np


def steps(count, beta_1, beta_2, corrected):
    """Return the sizes (count,) of Adam's steps, in lr, under a constant gradient."""
    if not (0 <= beta_1 < 1 and 0 <= beta_2 < 1):
        raise ValueError(f"betas {beta_1} and {beta_2} do not lie in [0, 1)")
    t = np.arange(1, count + 1)  # (count,)
    m, v = 1 - beta_1**t, 1 - beta_2**t  # averages of ones that start at 0
    return np.ones(count) if corrected else m / np.sqrt(v)


print("beta_1  beta_2   step     1st    2nd    5th   10th  100th  1000th   largest")
for beta_1, beta_2 in ((0.9, 0.999), (0.9, 0.95), (0.0, 0.999), (0.9, 0.9)):
    sizes = steps(100_000, beta_1, beta_2, corrected=False)  # (T,)
    row = "".join(f"{sizes[t - 1]:7.2f}" for t in (1, 2, 5, 10, 100, 1000))
    print(f"{beta_1:6g}{beta_2:8g}{row:>52}{sizes.max():10.1f}")
print("all, corrected", "".join(f"{1:7.2f}" for _ in range(6)).rjust(51), f"{1:9.1f}")

rng = np.random.default_rng(0)
m = np.zeros(200_000)  # (chains,)
print("\ngradients of mean 3    mean of m   mean of m_hat")
for t in range(1, 11):
    m = 0.9 * m + 0.1 * (3 + rng.standard_normal(len(m)))
    if t in (1, 2, 5, 10):
        print(f"after {t:2d} steps{m.mean():20.1f}{(m / (1 - 0.9**t)).mean():16.1f}")
