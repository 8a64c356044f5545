"""A constant image through four kernels, stride 2: which of them leave a pattern."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F


def phase_sums(w, stride):
    """Return what an input of ones becomes at each place within a stride.

    w: (C_in, C_out, kH, kW), stride: (rows, columns). Returns (C_in, C_out, rows,
    columns). Without padding and away from the border, output pixel (i, j) is the sum
    over C_in of the entries [i % rows, j % columns]. Other shapes: ValueError.
    Source: stamps that meet in a pixel have moved by multiples of the stride.
    """
    if w.ndim != 4 or len(stride) != 2 or min(stride) < 1:
        got = f"{tuple(w.shape)} and {stride}"
        raise ValueError(f"expected (C_in, C_out, kH, kW) and two strides, got {got}")
    rows, columns = stride
    sums = w.new_zeros(*w.shape[:2], rows, columns)
    for a in range(rows):
        for b in range(columns):
            sums[:, :, a, b] = w[:, :, a::rows, b::columns].sum((2, 3))
    return sums


torch.manual_seed(0)
line = torch.tensor([1.0, 2.0, 1.0])
kernels = {
    "3 x 3, ones": torch.ones(3, 3),
    "4 x 4, ones": torch.ones(4, 4),
    "4 x 4, random": 2 * torch.rand(4, 4),
    "3 x 3, 1 2 1": torch.outer(line, line),
}
figure, axes = plt.subplots(1, 4, figsize=(7.4, 2.4))
for ax, (name, kernel) in zip(axes, kernels.items(), strict=True):
    w = kernel[None, None]  # (C_in, C_out, kH, kW)
    y = F.conv_transpose2d(torch.ones(1, 1, 8, 8), w, stride=2)  # (N, C_out, H, W)
    sums = phase_sums(w, (2, 2))  # (C_in, C_out, 2, 2)
    off = (y[:, :, 4:12, 4:12] - sums.tile(4, 4)).abs().max()
    print(f"{name:<14} {sums.flatten().numpy().round(1)}, torch differs by {off:.3f}")
    image = ax.imshow(y[0, 0, 3:13, 3:13].numpy(), cmap="gray", vmin=0, vmax=6)
    ax.set(title=name, xticks=[], yticks=[])
    ax.grid(False)
axes[0].set_ylabel("output rows")
axes[0].set_xlabel("output columns")
figure.colorbar(image, ax=axes, label="value", shrink=0.7)
plt.show()
