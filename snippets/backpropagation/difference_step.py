"""The error of difference quotients: a long step bends, a short one rounds."""

import matplotlib.pyplot as plt
import numpy as np


def f(x):
    return x / (1 + x * x)


def slope(x):
    return (1 - x * x) / (1 + x * x) ** 2


def error(kind, dtype, h):
    """Return the mean error of a difference quotient of step h, computed in dtype."""
    x, h = points.astype(dtype), dtype(h)  # (P,)
    before, after = (x if kind == "one-sided" else x - h), x + h
    # What was really moved: x + h is rounded, too.
    quotient = (f(after) - f(before)) / (after - before)
    return np.abs(quotient - slope(x.astype(np.float64))).mean()


points = np.random.default_rng(0).uniform(1.2, 1.9, 1000)  # (P,)
steps = 10.0 ** -np.arange(1, 12)
for kind, dtype, style in (
    ("one-sided", np.float32, "s:"),
    ("central", np.float32, "o:"),
    ("one-sided", np.float64, "s-"),
    ("central", np.float64, "o-"),
):
    usable = steps[steps > 4 * np.finfo(dtype).eps]
    errors = [error(kind, dtype, h) for h in usable]
    best = int(np.argmin(errors))
    print(
        f"{kind:<10}{dtype.__name__}: best step 1e-{best + 1}, "
        f"error there below 1e{np.ceil(np.log10(errors[best])):.0f}"
    )
    plt.loglog(usable, errors, style, label=f"{kind}, {dtype.__name__}")
plt.xlabel("step h")
plt.ylabel("mean error of the slope")
plt.legend()
plt.show()
