"""Sizes that do not divide: unpooling needs to be told where it came from."""

import torch
import torch.nn.functional as F

x = torch.zeros(1, 1, 5, 5)  # (N, C, H, W)
x[0, 0, 2, 1] = 1  # row 2, column 1: place 2 * 5 + 1 = 11
pooled, places = F.max_pool2d(x, 2, return_indices=True)  # (N, C, 2, 2) each
for size in ((5, 5), None):
    y = F.max_unpool2d(pooled, places, 2, output_size=size)  # (N, C, H, W)
    row, column = divmod(y.argmax().item(), y.shape[3])
    print(
        f"output_size={size!s:<7} {tuple(y.shape)}, the 1 at row {row}, column {column}"
    )

x[0, 0, 3, 3] = 2  # place 3 * 5 + 3 = 18, beyond 4 x 4
pooled, places = F.max_pool2d(x, 2, return_indices=True)
try:
    F.max_unpool2d(pooled, places, 2)
except RuntimeError as error:
    print(f"RuntimeError: {error}")
