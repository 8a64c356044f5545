"""Gradients of single examples and of batches, around the gradient of the whole set."""

import matplotlib.pyplot as plt
import numpy as np

rng = np.random.default_rng(0)
x = rng.standard_normal((2000, 2))  # (N, D)
y = x @ [1.5, 1] + rng.standard_normal(2000)  # (N,)
gradients = -y[:, None] * x  # (N, D): of (x theta - y)^2 / 2 at theta = 0
full = gradients.mean(axis=0)  # (D,)

print("batch   root mean squared distance   within 90 degrees of the full gradient")
axes = plt.subplots(1, 3, sharex=True, sharey=True)[1]
for axis, batch in zip(axes, (1, 8, 64)):
    chosen = rng.integers(2000, size=(300, batch))  # (draws, B)
    means = gradients[chosen].mean(axis=1)  # (draws, D)
    distance = np.sqrt(((means - full) ** 2).sum(axis=1).mean())
    print(f"{batch:5d}{distance:29.1f}{100 * np.mean(means @ full > 0):41.0f} %")
    axis.scatter(*means.T, s=4)
    axis.plot(*full, "r+", ms=14, mew=2)
    axis.axhline(0, color="gray", lw=0.8)
    axis.axvline(0, color="gray", lw=0.8)
    axis.set(title=f"B = {batch}", xlabel="first coordinate")
axes[0].set_ylabel("second coordinate")
axes[0].set(xlim=(-9, 6), ylim=(-8, 7))
plt.show()
