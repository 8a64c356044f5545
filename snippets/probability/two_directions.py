"""One normal curve for two bumps: KL(q || p) covers both, KL(p || q) picks one."""

import matplotlib.pyplot as plt
import numpy as np

GRID = np.linspace(-8, 8, 401)  # (401,)
STEP = GRID[1] - GRID[0]


def normal(mean, std):
    """Return the normal density on the grid, of shape (401,)."""
    return np.exp(-(((GRID - mean) / std) ** 2) / 2) / std / np.sqrt(2 * np.pi)


def kl(q, p):
    """Return KL(q || p) of two densities on the grid, as a sum over its cells."""
    return (q * np.log(q / p)).sum() * STEP


q = 0.6 * normal(-2, 0.7) + 0.4 * normal(2.5, 0.7)  # (401,)
means, stds = np.linspace(-4, 4, 81), np.linspace(0.5, 4, 71)  # (81,), (71,)
best = {}
for name, loss in (("q || p", lambda p: kl(q, p)), ("p || q", lambda p: kl(p, q))):
    costs = {(m, s): loss(normal(m, s)) for m in means for s in stds}
    best[name] = min(costs, key=costs.get)
    cost, (mean, std) = min(costs.values()), best[name]
    print(f"lowest KL({name}): {cost:.2f} at mean {mean:.1f}, std {std:.2f}")
mean = (q * GRID).sum() * STEP
std = np.sqrt((q * (GRID - mean) ** 2).sum() * STEP)
print(f"of q itself:              mean {mean:.2f}, std {std:.2f}")

plt.fill_between(GRID, q, alpha=0.3, label="q, two bumps")
plt.plot(GRID, normal(*best["q || p"]), label="lowest KL(q || p)")
plt.plot(GRID, normal(*best["p || q"]), label="lowest KL(p || q)")
plt.xlabel("x")
plt.ylabel("density")
plt.legend()
plt.show()
