"""Mean or sum over a batch: which rate fits, and what the short last batch weighs."""

import numpy as np


def share(count, batch):
    """Return what each example weighs (N,) in the steps of an epoch of means.

    count: examples N, cut into batches of `batch` and a shorter last one.
    """
    if not 1 <= batch <= count:
        raise ValueError(f"no batches of {batch} out of {count} examples")
    place = np.arange(count)  # (N,)
    size = np.minimum(batch, count - place // batch * batch)  # (N,)
    return 1 / size


rng = np.random.default_rng(0)
x = rng.standard_normal((1000, 4))  # (N, D)
y = x @ [1, 2, -1, 0] + rng.standard_normal(1000)  # (N,)
gradients = -y[:, None] * x  # (N, D): of (x theta - y)^2 / 2 at theta = 0
print("batch   length of the mean gradient   of the summed gradient")
for batch in (10, 100, 1000):
    mean = np.linalg.norm(gradients[:batch].mean(axis=0))
    print(f"{batch:5d}{mean:24.1f}{mean * batch:25.0f}")

print("\nexamples   batch   an example of a full batch   of the last one   ratio")
for count, batch in ((1000, 100), (1010, 100), (103, 10), (101, 10)):
    weight = share(count, batch)  # (N,)
    print(f"{count:8d}{batch:8d}{weight[0]:21.2f}{weight[-1]:22.2f}", end="")
    print(f"{weight[-1] / weight[0]:12.1f}")
