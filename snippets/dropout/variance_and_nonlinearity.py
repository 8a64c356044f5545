"""Why one pass is not the mean over masks: in a curve, variance moves the mean."""

import numpy as np

CURVES = {  # name: the function and its second derivative
    "identity": (lambda z: z, lambda z: 0.0),
    "square": (lambda z: z**2, lambda z: 2.0),
    "exp": (np.exp, np.exp),
    "softplus": (lambda z: np.logaddexp(0, z), lambda z: 1 / (2 + 2 * np.cosh(z))),
    "tanh": (np.tanh, lambda z: -2 * np.tanh(z) / np.cosh(z) ** 2),
    "ReLU": (lambda z: np.maximum(z, 0), None),  # a kink has none
}


def sums_over_masks(w, x, p_drop):
    """Return the sums of w_i y_i for all masks, and their probabilities, (2^D,) each.

    y is x after inverted dropout. w, x: (D,); 0 <= p_drop < 1; else ValueError.
    """
    if w.ndim != 1 or w.shape != x.shape or not 0 <= p_drop < 1:
        raise ValueError(f"got w {w.shape}, x {x.shape} and p_drop {p_drop}")
    masks = np.indices([2] * len(x)).reshape(len(x), -1).T  # (2^D, D)
    kept = masks.sum(1)  # (2^D,)
    chance = (1 - p_drop) ** kept * p_drop ** (len(x) - kept)  # (2^D,)
    return masks @ (w * x) / (1 - p_drop), chance


w = np.array([0.9, -1.2, 0.7, 0.5, -0.2, 0.3])  # (D,)
x = np.array([1.0, 0.5, 0.4, 1.2, 0.6, 0.8])  # (D,)
for p_drop in (0.5, 0.1):
    z, chance = sums_over_masks(w, x, p_drop)  # (2^D,), (2^D,)
    mean, variance = w @ x, p_drop / (1 - p_drop) * ((w * x) ** 2).sum()
    print(f"p_drop {p_drop}: z has mean {mean:.2f}, variance {variance:.2f}")
    print("  f         mean of f(z)   f(mean)   f(mean) + f'' variance / 2")
    for name, (curve, second) in CURVES.items():
        print(f"  {name:<8}{chance @ curve(z):14.2f}{curve(mean):10.2f}", end="")
        corrected = second and curve(mean) + second(mean) * variance / 2
        print(f"{corrected:29.2f}" if second else "")
