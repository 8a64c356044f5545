"""What torch calls a convolution leaves the kernel as it is; mathematics flips it."""

import numpy as np
import torch
import torch.nn.functional as F

impulse = torch.zeros(1, 1, 5, 3)  # (N, C, H, W): a single 1 in the middle
impulse[0, 0, 2, 1] = 1
kernel = torch.arange(1.0, 7.0).reshape(1, 1, 3, 2)  # (C_out, C, kH, kW)

ours = F.conv2d(impulse, kernel)  # (N, C_out, 3, 2)
flipped = F.conv2d(impulse, kernel.flip(2, 3))  # (N, C_out, 3, 2)
print("kernel   conv2d of a 1   conv2d, kernel flipped")
for rows in zip(kernel[0, 0], ours[0, 0], flipped[0, 0], strict=True):
    left, middle, right = (" ".join(f"{v:.0f}" for v in row.tolist()) for row in rows)
    print(f"{left:<9}{middle:<16}{right}")

torch.manual_seed(0)
x = torch.randn(1, 1, 10, dtype=torch.float64)  # (N, C, L)
w = torch.randn(1, 1, 3, dtype=torch.float64)  # (C_out, C, k)
correlated = np.correlate(x[0, 0].numpy(), w[0, 0].numpy(), "valid")  # (L_out,)
convolved = np.convolve(x[0, 0].numpy(), w[0, 0].numpy(), "valid")  # (L_out,)
for name, ours, theirs in (
    ("np.correlate and conv1d", correlated, F.conv1d(x, w)),
    ("np.convolve and conv1d", convolved, F.conv1d(x, w)),
    ("np.convolve and conv1d, flipped", convolved, F.conv1d(x, w.flip(2))),
):
    print(f"{name:<32} differ by {np.abs(ours - theirs[0, 0].numpy()).max():.3f}")
