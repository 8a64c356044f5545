"""Max pooling forgives shifts inside a window only: one pixel more, another map."""

import torch
import torch.nn.functional as F


def dot(row, column):
    x = torch.zeros(1, 1, 8, 8)  # (N, C, H, W)
    x[0, 0, row, column] = 1
    return x


def where(y):
    """Return row and column of the largest value."""
    return divmod(y.argmax().item(), y.shape[3])


for place in ((2, 2), (3, 3), (4, 4)):
    y = F.max_pool2d(dot(*place), 2)  # (N, C, H / 2, W / 2)
    print(f"a dot at {place}: the pooled map has it at {where(y)}")

torch.manual_seed(0)
x = torch.randn(1, 1, 256, 256, dtype=torch.float64)  # (N, C, H, W)
x = F.avg_pool2d(F.pad(x, [1, 2, 1, 2], mode="circular"), 4, 1)  # neighbors are alike
POOLS = (
    lambda x: x,
    lambda x: F.max_pool2d(x, 4),
    lambda x: F.avg_pool2d(x, 4),
    lambda x: F.adaptive_avg_pool2d(x, 1),
)
print("\nchange of the output, in standard deviations of the output")
print("shift     input   max pool 4   average pool 4   global average")
for shift in (0, 1, 2, 4, 8):
    changes = []
    for pool in POOLS:
        y, moved = pool(x), pool(x.roll(shift, dims=3))
        scale = y.std() if y.numel() > 1 else 1  # one number has no deviation
        changes.append((moved - y).square().mean().sqrt() / scale)
    print("{:5d}{:10.2f}{:13.2f}{:17.2f}{:17.2f}".format(shift, *changes))
