"""Convolution in NumPy against torch: one product an image, im2col, and loops in Python."""

import numpy as np
import torch
import torch.nn.functional as F

from tests.bench._timing import draw, in_turn, machine, program

torch.set_num_threads(2)
rows = program("convolution/conv2d_rows")["conv2d"]
windows = program("convolution/conv2d_windows")["conv2d"]
classic = program("convolution/im2col")["conv2d"]
loops = program("convolution/conv2d_numpy")["conv2d"]

x, weight, bias = draw(32, 64, 56, 56), draw(64, 64, 3, 3), draw(64)  # (N, C, H, W) …
tensors = [torch.tensor(array) for array in (x, weight, bias)]


def multiply_in_python(x, weight):
    """Return the first output value, with a loop in Python for each multiplication."""
    total = 0.0
    for c in range(weight.shape[1]):
        for u in range(weight.shape[2]):
            for v in range(weight.shape[3]):
                total += x[0, c, u, v] * weight[0, c, u, v]
    return total


def by_torch():
    return F.conv2d(*tensors, padding=1)


ways = {
    "torch": (by_torch, 1),
    "conv2d_rows": (lambda: rows(x, weight, bias, padding=(1, 1)), 1),
    "conv2d_windows": (lambda: windows(x, weight, bias, padding=(1, 1)), 1),
    "im2col": (lambda: classic(x, weight, bias, padding=1), 1),
    # Too slow to wait for: one of 32 images and 2 of 64 filters; one of 6.4 million values.
    "conv2d_numpy, 4 loops": (lambda: loops(x[:1], weight[:2], bias[:2], padding=1), 32 * 32),
    "7 loops": (lambda: multiply_in_python(x, weight), 32 * 64 * 56 * 56),
}
theirs = by_torch().numpy()
for way in ("conv2d_rows", "conv2d_windows", "im2col"):
    assert np.abs(ways[way][0]() - theirs).max() < 1e-3

seconds = in_turn({name: way for name, (way, _) in ways.items()})
print(f"x {x.shape}, 64 filters of 3 x 3, padding 1, {x.dtype}; median of 15 rounds")
for name, (_, share) in ways.items():
    whole = seconds[name] * share
    note = "" if share == 1 else f"   (1/{share} of it measured)"
    print(f"{name:<22}{whole * 1e3:11.0f} ms {whole / seconds['torch']:9.2f} times torch{note}")
print(machine())
