"""How often to save: what saves and crashes cost, by the time between two saves."""

import math

import matplotlib.pyplot as plt
import numpy as np


def slowdown(interval, save, restart, between):
    """Return the expected duration of a run over that of its work alone.

    Times in one unit: work between two saves, a save, a restart, the mean between
    crashes. Crashes come at random, at a constant rate. Source: Daly 2006.
    """
    if min(interval, between) <= 0 or min(save, restart) < 0:
        got = f"{interval}, {save}, {restart}, {between}"
        raise ValueError(f"expected times above 0 (save and restart: or 0), got {got}")
    crashes = math.exp(restart / between) * math.expm1((interval + save) / between)
    return between * crashes / interval  # crashes: their number from save to save


def best_interval(save, between):
    """Return nearly the best time between saves, for save << between (Young 1974)."""
    if min(save, between) <= 0:
        raise ValueError(f"expected times above 0, got {save} and {between}")
    return math.sqrt(2 * save * between)


def simulate(interval, save, restart, between, segments=4_000):
    """Return the slowdown of a run whose crashes are drawn."""
    duration = 0.0
    for _ in range(segments):
        needed = interval + save
        while (lived := rng.exponential(between)) < needed:
            duration += lived
            needed = restart + interval + save
        duration += needed
    return duration / (segments * interval)


rng = np.random.default_rng(0)
save, restart, between = 1.0, 10.0, 54 * 24 * 60 / 419  # minutes
intervals = [1.25 * 2**k for k in range(9)]
measured = [simulate(interval, save, restart, between) for interval in intervals]
best = best_interval(save, between)
print(f"a crash every {between:.0f} minutes: save every {best:.0f}", end=" minutes, ")
print(f"for {slowdown(best, save, restart, between):.2f} times the work")
for interval, value in zip(intervals, measured, strict=True):
    expected = slowdown(interval, save, restart, between)
    print(f"every {interval:6.2f} minutes: {expected:.2f}, simulated {value:.2f}")

grid = np.geomspace(1.25, 320)
plt.semilogx(grid, [slowdown(t, save, restart, between) for t in grid], label="formula")
plt.semilogx(intervals, measured, "o", label="simulated")
plt.axvline(best, color="0.5", linestyle=":", label="Young's interval")
plt.xlabel("minutes of work between two saves")
plt.ylabel("duration of the run / its work")
plt.legend()
plt.show()
