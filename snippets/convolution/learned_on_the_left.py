"""What a dense layer learns on the left of an image it does not know on the right."""

import matplotlib.pyplot as plt
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

H, W = 9, 14
rng = np.random.default_rng(0)
edges = np.array([[1.0, 0, -1], [2, 0, -2], [1, 0, -1]])  # (kH, kW): to be learned


def windows(images):
    """Return the 3 x 3 windows around each pixel of (N, H, W), (N, H, W, 9)."""
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))  # (N, H + 2, W + 2)
    return sliding_window_view(padded, (3, 3), (1, 2)).reshape(*images.shape, 9)


examples = np.zeros((300, H, W))  # (N, H, W): noise in the left half, else nothing
examples[:, 1:-1, 1:6] = rng.normal(size=(300, H - 2, 5))
targets = windows(examples) @ edges.ravel()  # (N, H, W)

# Both layers are the least-squares solution with the smallest weights.
dense = np.linalg.lstsq(examples.reshape(300, -1), targets.reshape(300, -1))[0]
kernel = np.linalg.lstsq(windows(examples).reshape(-1, 9), targets.ravel())[0]  # (9,)
print(f"weights learned: dense {dense.size:,}, convolution {kernel.size}")

letter = np.array([[1, 0, 0], [1, 0, 0], [1, 0, 0], [1, 1, 1], [0, 0, 0.0]])  # an L
shown = np.zeros((2, H, W))  # (2, H, W): the letter at the left, and at the right
shown[0, 2:7, 2:5] = shown[1, 2:7, 9:12] = letter
by_dense = (shown.reshape(2, -1) @ dense).reshape(2, H, W)
by_conv = windows(shown) @ kernel  # (2, H, W)
wanted = windows(shown) @ edges.ravel()  # (2, H, W)
for name, outputs in (("dense", by_dense), ("convolution", by_conv)):
    error = np.linalg.norm(outputs - wanted, axis=(1, 2)) / np.linalg.norm(wanted[0])
    print(f"{name:<12} error at the left {error[0]:.2f}, at the right {error[1]:.2f}")

figure, axes = plt.subplots(2, 3)
columns = ("input", shown, 1), ("dense layer", by_dense, 4), ("convolution", by_conv, 4)
for column, (name, images, limit) in enumerate(columns):
    for row in range(2):
        axes[row, column].imshow(images[row], cmap="gray", vmin=-limit, vmax=limit)
        axes[row, column].set(title=name, xticks=[], yticks=[])
axes[0, 0].set_ylabel("seen half")
axes[1, 0].set_ylabel("unseen half")
plt.show()
