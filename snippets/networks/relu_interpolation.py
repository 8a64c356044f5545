"""ReLU units set by hand to follow a function: how near they come, and where not."""

import numpy as np


def relu_network(f, start, end, width):
    """Return a one-hidden-layer ReLU network equal to f at width + 1 even places.

    Each unit starts at one of the places and changes the slope there. f: of arrays.
    An interval or a width without extent: ValueError.
    """
    if not (start < end and width >= 1):
        raise ValueError(f"no interval from {start} to {end} with {width} units")
    places = np.linspace(start, end, width + 1)  # (H + 1,)
    slopes = np.diff(f(places)) / np.diff(places)  # (H,)
    v = np.diff(slopes, prepend=0)  # (H,), output weights

    def network(x):
        h = np.maximum(x[:, None] - places[:-1], 0)  # (N, H)
        return f(places[0]) + h @ v  # (N,)

    return network


x = np.linspace(0, 2 * np.pi, 10_001)  # (N,)
print("sin on 0..2 pi     largest error   bound   one period further")
for width in (4, 8, 16, 32, 64, 128):
    network = relu_network(np.sin, 0, 2 * np.pi, width)
    error = np.abs(network(x) - np.sin(x)).max()
    bound = (2 * np.pi / width) ** 2 / 8  # times the largest |f''|, which is 1
    further = np.abs(network(x + 2 * np.pi) - np.sin(x)).max()
    print(f"{width:4d} hidden units{error:15.4f}{bound:10.4f}{further:15.2f}")

kink = relu_network(np.abs, -1, 1, 2)
x = np.linspace(-1, 1, 1001)
print(f"|x| by 2 units: largest error {np.abs(kink(x) - np.abs(x)).max():.12f}")
