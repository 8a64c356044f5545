"""Each input value stamps the kernel, times itself, into the output; overlaps add."""

import numpy as np
import torch
import torch.nn.functional as F


def stamps(x, kernel, stride):
    """Return what each value of x adds to the output: that value times the kernel.

    x: (L,), kernel: (k,). Returns (L, L_out), L_out = (L - 1) * stride + k: a row for
    each value. The sum of the rows is the transposed convolution. Other shapes, or a
    stride below 1: ValueError. Source: Dumoulin and Visin 2016 (arXiv 1603.07285).
    """
    if x.ndim != 1 or kernel.ndim != 1 or min(len(x), len(kernel), stride) < 1:
        got = f"{x.shape}, {kernel.shape} and {stride}"
        raise ValueError(f"expected (L,), (k,) and a stride of 1 or more, got {got}")
    rows = np.zeros((len(x), (len(x) - 1) * stride + len(kernel)))  # (L, L_out)
    for i, value in enumerate(x):
        rows[i, i * stride : i * stride + len(kernel)] = value * kernel
    return rows


x = np.array([2.0, 1.0, 3.0])  # (L,)
kernel = np.array([1.0, 2.0, 3.0])  # (k,)
rows = stamps(x, kernel, stride=2)  # (L, L_out)
for value, row in zip(x, rows, strict=True):
    print(f"{value:.0f} stamps {row}")
print(f"the sum  {rows.sum(axis=0)}")

tx, tkernel = (torch.tensor(a)[None, None] for a in (x, kernel))  # (1, 1, L), (1, 1, k)
theirs = F.conv_transpose1d(tx, tkernel, stride=2)  # (1, 1, L_out)
print(f"torch    {theirs[0, 0].numpy()}")
