"""A box turned by its corners is too large; the box of the turned mask fits."""

import math

import torch


def corners_box(width, height, angle):
    """Return width and height of the upright box around a box turned by degrees."""
    c, s = abs(math.cos(math.radians(angle))), abs(math.sin(math.radians(angle)))
    return c * width + s * height, s * width + c * height


def turned_ellipse_box(width, height, angle):
    """Return width and height of the upright box around a turned ellipse."""
    c, s = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    across = math.hypot(c * width, s * height)
    return across, math.hypot(s * width, c * height)


angles = torch.linspace(0, 2 * torch.pi, 100_001, dtype=torch.float64)  # (points,)
outline = torch.stack([15 * angles.cos(), 5 * angles.sin()])  # (2, points): 30 x 10
print("an ellipse, 30 x 10, turned       box of its box   box of its outline    ratio")
for degrees in (0, 10, 30, 45, 90):
    a = torch.tensor(math.radians(degrees), dtype=torch.float64)
    turn = torch.stack(
        [torch.stack([a.cos(), -a.sin()]), torch.stack([a.sin(), a.cos()])]
    )
    moved = turn @ outline  # (2, points)
    w, h = (moved.amax(dim=1) - moved.amin(dim=1)).tolist()
    loose = corners_box(30, 10, degrees)
    exact = turned_ellipse_box(30, 10, degrees)
    assert math.isclose(w, exact[0], rel_tol=1e-6)
    assert math.isclose(h, exact[1], rel_tol=1e-6)
    ratio = loose[0] * loose[1] / (w * h)
    old, new = f"{loose[0]:.1f} x {loose[1]:4.1f}", f"{w:.1f} x {h:4.1f}"
    print(f"{degrees:6d}°{old:>38}{new:>20}{ratio:9.2f}")
