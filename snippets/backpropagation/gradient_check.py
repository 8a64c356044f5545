"""A gradient written by hand against differences: small mistakes show, too."""

import numpy as np

WEIGHT_DECAY = 0.01


def loss(w, v, x, t):
    """Return the loss of tanh units w (H, D), summed by v (H,), on x (N, D), t (N,)."""
    y = np.tanh(x @ w.T) @ v  # (N,)
    return ((y - t) ** 2).mean() + WEIGHT_DECAY * (w**2).sum()


def gradient(w, v, x, t, mistake=""):
    """Return dL/dw (H, D), with or without a mistake."""
    h = np.tanh(x @ w.T)  # (N, H)
    dy = 2 * (h @ v - t) / len(x)  # (N,)
    dz = dy[:, None] * v * (1 - h**2)  # (N, H)
    if mistake == "no mean over the batch":
        dz = dz * len(x)
    if mistake == "slope at h, not at z":
        dz = dy[:, None] * v * (1 - np.tanh(h) ** 2)
    if mistake == "last example left out":
        dz[-1] = 0
    dw = dz.T @ x + 2 * WEIGHT_DECAY * w  # (H, D)
    if mistake == "weight decay without the 2":
        dw -= WEIGHT_DECAY * w
    return dw


def relative_error(function, gradient, w, h=1e-5):
    """Return |a - b| / |a + b| of a gradient a and central differences b, at w (H, D).

    function: of w alone. Shapes of gradient and w that differ: ValueError.
    """
    if gradient.shape != w.shape:
        raise ValueError(f"gradient of shape {gradient.shape} by weights {w.shape}")
    slopes = np.empty_like(w)
    for place in np.ndindex(w.shape):
        step = np.zeros_like(w)
        step[place] = h
        slopes[place] = (function(w + step) - function(w - step)) / (2 * h)
    return np.linalg.norm(gradient - slopes) / np.linalg.norm(gradient + slopes)


rng = np.random.default_rng(0)
w, v = rng.normal(size=(4, 3)), rng.normal(size=4)  # (H, D), (H,)
x, t = rng.normal(size=(20, 3)), rng.normal(size=20)  # (N, D), (N,)
for mistake in (
    "",
    "no mean over the batch",
    "slope at h, not at z",
    "last example left out",
    "weight decay without the 2",
):
    error = relative_error(lambda w: loss(w, v, x, t), gradient(w, v, x, t, mistake), w)
    print(f"{mistake or 'right':<28}relative error {error:.6f}")
