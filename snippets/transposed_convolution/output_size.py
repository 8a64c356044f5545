"""A fixed output_padding fits one parity; the argument output_size fits every size."""

import torch
from torch import nn

down = nn.Conv2d(3, 8, 3, stride=2, padding=1)
plain = nn.ConvTranspose2d(8, 3, 3, stride=2, padding=1)
fixed = nn.ConvTranspose2d(8, 3, 3, stride=2, padding=1, output_padding=1)

for size in (31, 32, 33, 34):
    x = torch.zeros(1, 3, size, 40)  # (N, C, H, W)
    small = down(x)  # (N, C, H', W')
    print(f"{size} rows down to {small.shape[2]}", end=", up to ")
    print(f"{plain(small).shape[2]} as it is", end=", ")
    print(f"{fixed(small).shape[2]} with output_padding=1", end=", ")
    print(f"{plain(small, output_size=x.shape[2:]).shape[2]} with output_size")

try:
    plain(small, output_size=(36, 40))
except ValueError as error:
    print(f"36 rows: {str(error).split(', but ')[1].split(' (for')[0]}")
