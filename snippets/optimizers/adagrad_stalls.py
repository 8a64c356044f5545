"""Steps under a constant gradient: AdaGrad's die out, RMSProp's and Adam's do not."""

import numpy as np


def steps_of(name, count):
    """Return the sizes (count,) of the steps at lr 1 under a constant gradient of 1."""
    t = np.arange(1, count + 1)  # (count,)
    if name == "AdaGrad":
        return 1 / np.sqrt(t)
    if name == "RMSProp":
        return 1 / np.sqrt(1 - 0.99**t)  # the average of squares starts at 0
    if name == "Adam":
        return np.ones(count)
    raise ValueError(f"no rule for {name}")


print("step size in lr      1st    10th   100th  1000th  10000th")
for name in ("AdaGrad", "RMSProp", "Adam"):
    sizes = steps_of(name, 10_000)  # (T,)
    row = "".join(f"{sizes[t - 1]:8.2f}" for t in (1, 10, 100, 1000, 10_000))
    print(f"{name:<17}{row}")

print("\nsteps for a path of   10 lr    100 lr   1000 lr")
for name in ("AdaGrad", "RMSProp", "Adam"):
    lengths = steps_of(name, 300_000).cumsum()  # (T,)
    counts = [np.searchsorted(lengths, length - 1e-6) + 1 for length in (10, 100, 1000)]
    print(f"{name:<17}{''.join(f'{count:10d}' for count in counts)}")
