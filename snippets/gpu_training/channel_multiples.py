"""Sizes that fill tiles, and sizes that do not: the share of the work that counts."""

import math
from math import ceil

import numpy as np
import torch
from torch.utils.benchmark import Timer


def tile_share(rows, columns, tile):
    """Return which share of what is computed belongs to an (M, N) product.

    GPUs compute a product in whole tiles: what hangs over the edge costs as much as the
    rest (NVIDIA, Matrix Multiplication Background User's Guide, tile quantization).
    """
    if min(rows, columns, *tile) < 1:
        raise ValueError(f"no size below 1: {rows, columns, tile}")
    padded = ceil(rows / tile[0]) * tile[0] * ceil(columns / tile[1]) * tile[1]
    return rows * columns / padded


def aligned(size, bytes_each=2):
    """Return the largest power of two, to 128, of bytes at which all rows begin."""
    return math.gcd(size * bytes_each, 128)


print("size      tiles of 64  of 128  rows begin at multiples of")
for size in (63, 64, 65, 96, 127, 128, 129, 192, 384, 50257, 50304):
    shares = [tile_share(8192, size, (128, tile)) for tile in (64, 128)]
    print(f"{size:5d}  {shares[0]:14.2f}  {shares[1]:6.2f}  {aligned(size):4d} bytes")

rng = np.random.default_rng(0)
wrong = 0
for rows, columns, height, width in rng.integers(1, 40, (2000, 4)):
    mask = np.ones((rows, columns))  # (M, N)
    mask = np.pad(mask, ((0, -rows % height), (0, -columns % width)))  # whole tiles
    wrong += not math.isclose(mask.mean(), tile_share(rows, columns, (height, width)))
print(f"formula against padded arrays, 2,000 random sizes: {wrong} differ")

if torch.cuda.is_available():
    x = torch.randn(8192, 2048, device="cuda").bfloat16()  # (M, K)
    for size in (2047, 2048, 2049, 2056, 50257, 50304):
        weight = torch.randn(2048, size, device="cuda").bfloat16()  # (K, N)
        time = Timer("x @ weight", globals=globals()).blocked_autorange().median
        print(f"{size:5d} columns: {2 * x.numel() * size / time / 1e12:4.0f} TFLOP/s")
else:
    print("no CUDA device: no rate was measured")
