"""The output size of nn.Conv2d with all of its options, against 2,000 random layers."""

import random
import warnings

from torch import nn, zeros

MODES = ("zeros", "reflect", "replicate", "circular")


def pair(value, least):
    """Return value, or (value, value) for a number; ValueError below `least`."""
    both = tuple(value) if isinstance(value, (tuple, list)) else (value, value)
    if len(both) != 2 or any(type(v) is not int or v < least for v in both):
        raise ValueError(f"expected one or two integers from {least} on, got {value}")
    return both


def conv2d_shape(
    shape, C_out, kernel, stride=1, padding=0, dilation=1, groups=1, mode="zeros"
):
    """Return the shape (N, C_out, H_out, W_out) that nn.Conv2d makes of (N, C, H, W).

    mode: torch's padding_mode. ValueError, with the values, where nn.Conv2d refuses.
    Source: torch's documentation of nn.Conv2d ("Shape") and of F.pad (its limits).
    """
    N, C, *sizes = shape
    if min(C, C_out, groups) < 1 or C % groups or C_out % groups or mode not in MODES:
        raise ValueError(f"{C} to {C_out} channels, {groups} groups, {mode!r}")
    if padding == "same" and pair(stride, 1) != (1, 1):
        raise ValueError(f"padding='same' needs stride 1, got {stride}")
    least = 0 if mode == "zeros" else -min(sizes)  # below 0 the other modes crop
    given = pair(0 if padding in ("same", "valid") else padding, least)
    options = pair(kernel, 1), pair(stride, 1), given, pair(dilation, 1)
    for axis, (size, k, s, p, d) in enumerate(zip(sizes, *options, strict=True)):
        total = d * (k - 1) if padding == "same" else 2 * p  # on both sides together
        most = {"reflect": size - 1, "circular": size}.get(mode, abs(total))
        sizes[axis] = (size + total - d * (k - 1) - 1) // s + 1
        if min(size, sizes[axis]) < 1 or total - total // 2 > most:
            raise ValueError(f"{size} pixels, {kernel=} {padding=} {dilation=} {mode=}")
    return N, C_out, *sizes


random.seed(0)
warnings.simplefilter("ignore")  # "same" with an even kernel makes torch copy, and warn
draw, same, refused = random.randint, 0, 0
for _ in range(2000):
    shape = 1, draw(1, 6), draw(5, 9), draw(4, 8)  # (N, C, H, W)
    mode, padding = random.choice(MODES), random.choice([0, 1, (3, 4), "same", "valid"])
    options = 6, (draw(1, 4), draw(1, 3)), draw(1, 2), padding, draw(1, 2), draw(1, 3)
    try:
        theirs = nn.Conv2d(shape[1], *options, padding_mode=mode)(zeros(shape)).shape
    except (RuntimeError, ValueError):
        theirs = None
    try:
        same += conv2d_shape(shape, *options, mode) == theirs
    except ValueError:
        refused += theirs is None
print(f"{same} equal, {refused} refused by both, {2000 - same - refused} different")
