"""Where the label is a place, it moves with the image: boxes against moved masks."""

import random

import torch


def flip_box(box, width):
    """Mirror a box (x0, y0, x1, y1), whose end x1 is the first column outside."""
    x0, y0, x1, y1 = box
    return width - x1, y0, width - x0, y1


def turn_box(box, width):
    """Turn a box by 90 degrees counterclockwise, with an image of that width."""
    x0, y0, x1, y1 = box
    return y0, width - x1, y1, width - x0


def crop_box(box, window):
    """Return a box as seen in a window, cut at its edges; None if outside."""
    left, top, right, bottom = window
    x0, x1 = (min(max(x, left), right) - left for x in (box[0], box[2]))
    y0, y1 = (min(max(y, top), bottom) - top for y in (box[1], box[3]))
    return (x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def box_of(mask):
    """Return the box around what is True in a mask (H, W); None if nothing is."""
    y, x = mask.nonzero(as_tuple=True)
    if len(x) == 0:
        return None
    return x.min().item(), y.min().item(), x.max().item() + 1, y.max().item() + 1


def interval(draw, size):
    return sorted(draw.sample(range(size + 1), 2))


draw, count, stale = random.Random(0), 2000, dict.fromkeys(("flip", "turn", "crop"), 0)
wrong = dict(stale)
for _ in range(count):
    H, W = draw.randint(3, 20), draw.randint(3, 20)
    (x0, x1), (y0, y1) = interval(draw, W), interval(draw, H)
    (left, right), (top, bottom) = interval(draw, W), interval(draw, H)
    mask = torch.zeros(H, W, dtype=torch.bool)  # (H, W)
    mask[y0:y1, x0:x1] = True
    box, window = (x0, y0, x1, y1), (left, top, right, bottom)
    for name, moved, ours in (
        ("flip", mask.flip(1), flip_box(box, W)),
        ("turn", mask.rot90(), turn_box(box, W)),
        ("crop", mask[top:bottom, left:right], crop_box(box, window)),
    ):
        wrong[name] += ours != box_of(moved)
        stale[name] += box != box_of(moved)
print(f"{count} random boxes     moved by formula   left where they were")
for name in wrong:
    print(f"{name:<18}{wrong[name]:12d} wrong{stale[name]:17d} wrong")
