"""The size of a sum of random weights times fixed inputs, whatever the distribution."""

import matplotlib.pyplot as plt
import numpy as np


def moments(x, mean, std):
    """Return mean and standard deviation of z = w . x over draws of w.

    x: (D,), fixed. mean, std: of each of the D independent weights, of whatever
    distribution. Source: variances of independent terms add up.
    """
    if np.ndim(x) != 1 or std < 0:
        raise ValueError(f"expected x (D,) and std >= 0, got {np.shape(x)} and {std}")
    return mean * np.sum(x), std * np.sqrt(np.sum(np.square(x)))


rng = np.random.default_rng(0)
x = rng.exponential(2.0, size=100)  # (D,): one input, far from mean 0
shape, std = (20_000, 100), 0.1
weights = {  # each (draws, D), with the same standard deviation
    "normal": rng.normal(0, std, shape),
    "uniform": rng.uniform(-std * 3**0.5, std * 3**0.5, shape),
    "two values": rng.choice([-std, std], shape),
    "mean 0.02": rng.normal(0.02, std, shape),
}

print("weights      mean of z   formula   deviation of z   formula")
for name, w in weights.items():
    mean, deviation = moments(x, 0.02 if name == "mean 0.02" else 0.0, std)
    z = w @ x  # (draws,)
    mean_z = z.mean().round(1) + 0.0  # no -0.0
    print(f"{name:<10}{mean_z:12.1f}{mean:10.1f}", end="")
    print(f"{z.std():17.1f}{deviation:10.1f}")
wrong = std * np.sqrt(100) * x.std()
print(f"with the variance of x in place of its mean square: {wrong:.1f}")

figure, (left, right) = plt.subplots(1, 2)
for name in ("normal", "uniform", "two values"):
    w, z = weights[name], weights[name] @ x
    for axes, values, edge in ((left, w[:500], 0.35), (right, z, 10)):
        count, bins = np.histogram(values, np.linspace(-edge, edge, 22))
        line = (":", "--", "-")[list(weights).index(name)]
        axes.stairs(count / count.sum(), bins, label=name, linestyle=line)
left.set(xlabel="one weight w", ylabel="share of the draws", ylim=(0, 0.8))
right.set(xlabel="one sum z = w . x", ylim=(0, 0.13))
left.legend(loc="upper center")
plt.show()
