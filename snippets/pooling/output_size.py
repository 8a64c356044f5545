"""The output size of pooling, by one formula for every option, against torch."""

import random

import torch
from torch import nn


def output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """Return (H_out, W_out) of nn.MaxPool2d, and of nn.AvgPool2d with dilation 1.

    size: (H, W) in pixels. Each option is a number or a pair for height and width;
    stride=None is the kernel size. return_indices, count_include_pad and
    divisor_override don't change the size. ValueError, with the values, where torch
    refuses. Source: torch's documentation of nn.MaxPool2d and nn.AvgPool2d.
    """
    stride = kernel_size if stride is None else stride
    options = (kernel_size, stride, padding, dilation)
    pairs = (v if isinstance(v, tuple) else (v, v) for v in options)
    out = []
    for pixels, k, s, p, d in zip(size, *pairs, strict=True):
        got = f"{pixels} pixels, kernel {k}, stride {s}, padding {p}, dilation {d}"
        if min(pixels, k, s, d) < 1 or not 0 <= 2 * p <= k:
            raise ValueError(f"no pooling of {got}")
        room = pixels + 2 * p - d * (k - 1) - 1  # how far the window can move
        steps = -(-room // s) if ceil_mode else room // s
        if ceil_mode and steps * s >= pixels + p:
            steps -= 1  # the last window would start in the padding on the far side
        if steps < 0:
            raise ValueError(f"no output of {got}")
        out.append(steps + 1)
    return tuple(out)


for mode in (False, True):
    out = output_size((8, 7), (3, 2), 2, ceil_mode=mode)
    print(f"8 x 7 pixels, kernel 3 x 2, stride 2, ceil_mode={mode!s:<6}{out}")

draw, differ, refused = random.Random(0).randint, 0, 0
for n in range(2000):
    size, kernel = (draw(3, 12), draw(3, 12)), (draw(1, 5), draw(1, 5))
    padding = tuple(draw(0, k // 2 + (n % 9 == 0)) for k in kernel)
    options = {"padding": padding, "ceil_mode": n % 4 > 1}
    if n % 2:
        options["dilation"] = draw(1, 3), draw(1, 3)
    options["stride"] = None if n % 5 == 0 else (draw(1, 5), draw(1, 5))
    try:
        layer = (nn.MaxPool2d if n % 2 else nn.AvgPool2d)(kernel, **options)
        theirs = tuple(layer(torch.empty(1, 1, *size)).shape[2:])
    except RuntimeError:
        theirs = None
    try:
        ours = output_size(size, kernel, **options)
    except ValueError:
        ours = None
    differ, refused = differ + (ours != theirs), refused + (ours is theirs is None)
print(f"2000 random layers: {differ} differ, {refused} refused by both")
