"""Which padding keeps the size of a map, and what happens to map and border without."""

import warnings

import torch
import torch.nn.functional as F

warnings.simplefilter("ignore")  # 'same' with an even kernel makes torch copy, and warn
x = torch.ones(1, 1, 32, 20, requires_grad=True)  # (N, C, H, W)


def size(kernel, **options):
    """Return the height of what a kernel x kernel convolution makes of 32 x 20."""
    return F.conv2d(x, torch.ones(1, 1, kernel, kernel), **options).shape[2]


print("kernel  dilation  padding (k - 1) // 2  padding d (k - 1) / 2  'same'")
for k, d in ((3, 1), (7, 1), (3, 2), (4, 1), (4, 2)):
    small = size(k, dilation=d, padding=(k - 1) // 2)
    total = d * (k - 1)  # of both sides together
    exact = "impossible" if total % 2 else size(k, dilation=d, padding=total // 2)
    same = size(k, dilation=d, padding="same")
    print(f"{k:<8}{d:<10}{small:<22}{exact:<23}{same}")

row = torch.arange(1.0, 7.0)[None, None]  # (N, C, L)
copies = torch.eye(4)[:, None]  # (C_out, C, k): filter i copies pixel i of its window
windows = F.conv1d(row, copies, padding="same")[0]  # (C_out, L)
first, last = windows[:, 0].int().tolist(), windows[:, -1].int().tolist()
print(f"kernel 4 over 1 ... 6, 'same': first window {first}, last {last}")

print("padding  windows over a corner, an edge pixel, the middle  8 layers make")
for padding in (0, 1):
    ones, y = torch.ones(1, 1, 3, 3), x
    sums = F.conv2d(x, ones, padding=padding).sum()
    reads = torch.autograd.grad(sums, x)[0][0, 0].int().tolist()  # H lists of W counts
    for _ in range(8):
        y = F.conv2d(y, ones, padding=padding)  # (N, C, H, W)
    counts = f"{reads[0][0]}, {reads[0][9]}, {reads[9][9]}"
    print(f"{padding:<9}{counts:<49}32 x 20 into {y.shape[2]} x {y.shape[3]}")
