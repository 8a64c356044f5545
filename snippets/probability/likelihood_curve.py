"""One formula read two ways: probability over the data, likelihood over theta."""

import math

import matplotlib.pyplot as plt
import numpy as np
import torch


def binomial(k, n, theta):
    """Return the probability of k heads in n tosses, theta being that of one head.

    k, n: integers, 0 <= k <= n; theta: from 0 to 1, a number or an array of any shape.
    Anything else: ValueError. Source: Jacob Bernoulli 1713.
    """
    if not 0 <= k <= n or not (np.min(theta) >= 0 and np.max(theta) <= 1):
        raise ValueError(f"impossible: k = {k}, n = {n}, theta = {theta}")
    return math.comb(n, k) * theta**k * (1 - theta) ** (n - k)


print("of 4 tosses   0 heads       1       2       3       4       sum")
for theta in (0.1, 0.25, 0.5, 0.75, 0.9):
    row = [binomial(k, 4, theta) for k in range(5)]
    cells = "".join(f"{cell:8.4f}" for cell in row)
    print(f"theta {theta:4.2f}   {cells}{sum(row):10.4f}")
thetas = np.linspace(0, 1, 1001)  # (1001,)
likelihood = binomial(3, 4, thetas)  # (1001,)
area = likelihood.sum() / 1000  # its ends are 0
best = thetas[likelihood.argmax()]
print(f"3 heads: over all theta the area is {area:.3f}, the maximum at {best:.3f}")

torch.set_default_dtype(torch.float64)
rng, off = np.random.default_rng(0), 0.0
for _ in range(2000):
    n, theta = int(rng.integers(1, 60)), rng.random()
    k = int(rng.integers(0, n + 1))
    theirs = torch.distributions.Binomial(n, torch.tensor(theta))
    theirs = theirs.log_prob(torch.tensor(float(k))).exp().item()
    off = max(off, abs(binomial(k, n, theta) - theirs))
print(f"2000 random cases against torch.distributions: within {off:.9f}")

_, (left, right) = plt.subplots(1, 2, figsize=(7.4, 3.2), sharey=True)
left.bar(range(5), [binomial(k, 4, 0.75) for k in range(5)])
left.set(xlabel="heads in 4 tosses", ylabel="the formula", title="theta fixed at 0.75")
right.plot(thetas, likelihood)
right.plot(0.75, binomial(3, 4, 0.75), "o")
right.set(xlabel="theta", title="data fixed at 3 heads")
plt.show()
