"""The output size of pooling, which may also round up, against 2,000 random layers."""

import random

from torch import nn, zeros


def pair(value, least):
    """Return value, or (value, value) for a number; ValueError below `least`."""
    both = tuple(value) if isinstance(value, (tuple, list)) else (value, value)
    if len(both) != 2 or any(type(v) is not int or v < least for v in both):
        raise ValueError(f"expected one or two integers from {least} on, got {value}")
    return both


def pool2d_shape(shape, kernel, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Return the shape (N, C, H_out, W_out) that nn.MaxPool2d makes of (N, C, H, W).

    With dilation 1 also that of nn.AvgPool2d. stride=None: as large as the kernel.
    ValueError, with the values, where torch refuses: a padding of more than half the
    kernel, or no output. Source: torch's documentation of nn.MaxPool2d.
    """
    N, C, *sizes = shape
    options = [pair(kernel, 1), pair(kernel if stride is None else stride, 1)]
    options += [pair(padding, 0), pair(dilation, 1)]
    for axis, (size, k, s, p, d) in enumerate(zip(sizes, *options, strict=True)):
        steps, rest = divmod(size + 2 * p - d * (k - 1) - 1, s)
        # Rounding up adds a window, if that starts on the input or on its left padding.
        extra = ceil_mode and rest > 0 and (steps + 1) * s < size + p
        sizes[axis] = steps + 1 + extra
        if min(C, size, sizes[axis]) < 1 or 2 * p > k:
            got = f"{kernel=} {stride=} {padding=} {dilation=} {ceil_mode=}"
            raise ValueError(f"{C} channels of {size} pixels, {got}")
    return N, C, *sizes


for up in (False, True):
    shape = pool2d_shape((1, 3, 7, 7), kernel=2, ceil_mode=up)
    print(f"7 x 7 pixels, kernel 2, ceil_mode={up}: {shape}")
random.seed(0)
draw, same, refused = random.randint, 0, 0
for _ in range(2000):
    shape = draw(1, 2), draw(1, 3), draw(3, 9), draw(3, 8)  # (N, C, H, W)
    up, kernel, stride = draw(0, 1) == 1, (draw(2, 5), draw(2, 4)), (draw(1, 4), 2)
    options = kernel, stride, draw(0, 2), draw(1, 2)
    try:
        theirs = nn.MaxPool2d(*options, ceil_mode=up)(zeros(shape)).shape
    except RuntimeError:
        theirs = None
    try:
        same += pool2d_shape(shape, *options, up) == theirs
    except ValueError:
        refused += theirs is None
print(f"{same} equal, {refused} refused by both, {2000 - same - refused} different")
