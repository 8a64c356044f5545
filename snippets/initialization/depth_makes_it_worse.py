"""A wrong weight scale is raised to the power of the depth; even a right one drifts."""

import math
from itertools import pairwise

import torch
import torch.nn.functional as F


def mean_square(fans_in, stds, square=1.0):
    """Return the mean square, over starts, of a ReLU network's last pre-activation.

    fans_in, stds: of each layer, first to last; square: that of the inputs, which pass
    no ReLU. Lists of two lengths, or empty: ValueError. Source: He et al. 2015 (arXiv
    1502.01852), section 2.2.
    """
    if not 0 < len(fans_in) == len(stds):
        raise ValueError(f"got {len(fans_in)} fans and {len(stds)} deviations")
    factors = [fan * std**2 / 2 for fan, std in zip(fans_in, stds, strict=True)]
    return 2 * square * math.prod(factors)


def last_size(widths, scale, norm=False, seed=0):
    """Return the root mean square of the last z, with Kaiming's weights times scale."""
    generator = torch.Generator().manual_seed(seed)
    z = torch.randn(32, widths[0], generator=generator)  # (N, D)
    for n, (fan_in, fan_out) in enumerate(pairwise(widths)):
        w = torch.randn(fan_out, fan_in, generator=generator)  # (out, in)
        z = (z.relu() if n else z) @ (scale * (2 / fan_in) ** 0.5 * w.T)  # (N, out)
        if norm:
            z = F.batch_norm(z, None, None, training=True)
    return z.square().mean().sqrt().item()


torch.set_default_dtype(torch.float64)
print("size of the last layer     weights x 0.5         x 1         x 2")
for depth in (3, 10, 30):
    widths = [100] + [200, 300] * (depth // 2) + [200] * (depth % 2)
    kaiming = [(2 / fan) ** 0.5 for fan in widths[:-1]]
    for name, row in {
        "measured": [last_size(widths, s) for s in (0.5, 1, 2)],
        "formula": [
            mean_square(widths[:-1], [s * std for std in kaiming]) ** 0.5
            for s in (0.5, 1, 2)
        ],
        "batch norm": [last_size(widths, s, norm=True) for s in (0.5, 1, 2)],
    }.items():
        print(f"{depth:2d} layers, {name:<18}" + "".join(f"{v:12.1e}" for v in row))

print("at the right scale, the middle 80 of 100 starts")
for width in (10, 30, 90):
    sizes = sorted(last_size([width] * 31, 1, seed=seed) for seed in range(100))
    print(f"30 layers of {width:2d} units: {sizes[10]:6.3f} to {sizes[89]:.1f}")
