"""A convolution as one matrix: few distinct weights, repeated along the diagonals."""

import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F


def conv_matrix(kernel, H, W, stride=1):
    """Return the matrix (H_out W_out, H W) that convolves a flattened image (H, W).

    kernel: (kH, kW). Each row is an image of zeros with the kernel in one place.
    A kernel that does not fit into the image, or a stride below 1: ValueError.
    """
    kH, kW = kernel.shape
    if kH > H or kW > W or stride < 1:
        raise ValueError(f"kernel {kernel.shape} on {H} x {W}, {stride=}")
    rows = []
    for i in range(0, H - kH + 1, stride):
        for j in range(0, W - kW + 1, stride):
            image = np.zeros((H, W))  # (H, W)
            image[i : i + kH, j : j + kW] = kernel
            rows.append(image.ravel())
    return np.array(rows)


for stride in (1, 2):
    print(f"kernel 1 2 3 on six values, {stride=}:")
    for row in conv_matrix(np.array([[1, 2, 3]]), 1, 6, stride):
        print("  " + " ".join(f"{v:.0f}" for v in row).replace("0", "."))

rng = np.random.default_rng(0)
kernel, bias = np.arange(1.0, 7.0).reshape(3, 2), 0.4  # (kH, kW)
a, b = rng.normal(size=(2, 6, 7))  # (H, W), (H, W): two images
tkernel, tbias = torch.tensor(kernel)[None, None], torch.tensor([bias]).double()


def conv(image, bias=None):
    """Return torch's convolution of one image (H, W), flattened."""
    return F.conv2d(torch.tensor(image)[None, None], tkernel, bias).ravel().numpy()


matrix = conv_matrix(kernel, 6, 7)  # (H_out W_out, H W)
off = np.abs(matrix @ a.ravel() - conv(a)).max()
print(f"matrix {matrix.shape}: {kernel.size} weights fill", end=" ")
print(f"{np.count_nonzero(matrix)} of {matrix.size} places; off torch by {off:.12f}")
for name, given in (("no bias", None), ("bias 0.4", tbias)):
    off = np.abs(conv(a + b, given) - conv(a, given) - conv(b, given)).max()
    print(f"{name}: conv(a + b) is off conv(a) + conv(b) by {off:.1f}")

plt.imshow(matrix, cmap="Greys")
plt.xlabel("input pixel, row by row")
plt.ylabel("output value, row by row")
plt.grid(False)
plt.show()
