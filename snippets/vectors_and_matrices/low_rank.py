"""The best matrix of low rank: a photo, cut down to its largest singular values."""

import matplotlib.pyplot as plt
import torch
from sklearn.datasets import load_sample_image


def best_of_rank(a, rank):
    """Return the matrix of a rank that is closest to a, (m, n), and the distance.

    The distance is the Frobenius norm of what is left out. A rank below 0 or above
    min(m, n): ValueError. Source: Eckart and Young 1936.
    """
    if not 0 <= rank <= min(a.shape):
        raise ValueError(f"rank {rank} of a matrix {tuple(a.shape)}")
    left, values, right = torch.linalg.svd(a, full_matrices=False)
    kept = left[:, :rank] * values[:rank] @ right[:rank]  # (m, n)
    return kept, values[rank:].norm()


torch.manual_seed(0)
pixels = load_sample_image("china.jpg")[::4, ::4]  # (H, W, 3)
photo = torch.tensor(pixels).double().mean(2)  # (H, W), gray
height, width = photo.shape
print(f"photo {height} x {width}, {height * width} numbers")
print("rank   numbers   % left out   by formula   random columns")
kept = {}
for rank in (1, 5, 20, 50):
    kept[rank], distance = best_of_rank(photo, rank)
    lost = (photo - kept[rank]).norm()
    some = torch.linalg.qr(photo[:, torch.randperm(width)[:rank]]).Q  # (H, rank)
    other = photo - some @ some.T @ photo  # (H, W)
    shares = [100 * x / photo.norm() for x in (lost, distance, other.norm())]
    print(f"{rank:4d}{rank * (height + width):10d}", end="")
    print(f"{shares[0]:13.1f}{shares[1]:13.1f}{shares[2]:17.1f}")

figure, axes = plt.subplots(1, 3, figsize=(5.8, 1.7))
for axis, rank in zip(axes, (1, 5, 20)):
    axis.imshow(kept[rank].numpy(), cmap="gray", vmin=0, vmax=255)
    axis.set(title=f"rank {rank}", xticks=[], yticks=[])
plt.show()
