"""The Frobenius norm needs the root, and grows with the matrix; the RMS does not."""

import torch


def frobenius(a):
    """Return the root of the sum of all squared entries of a matrix (m, n).

    Anything but a matrix: ValueError. Source: Golub and Van Loan 2013, section 2.3.
    """
    if a.ndim != 2:
        raise ValueError(f"shape {tuple(a.shape)}, not a matrix")
    return a.square().sum().sqrt()


def rms(a):
    """Return the root of the mean squared entry of a matrix."""
    return frobenius(a) / a.numel() ** 0.5


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
a = torch.tensor([[1.0, -2.0, 4.0], [0.0, 8.0, 4.0]])  # (2, 3)
print(f"a = {a.tolist()}")
print(f"sum of squares       {a.square().sum():5.2f}")
print(f"its root             {frobenius(a):5.2f}")
print(f"matrix_norm(a)       {torch.linalg.matrix_norm(a):5.2f}")
print(f"root of trace(a^T a) {(a.T @ a).trace().sqrt():5.2f}")
print(f"singular values      {torch.linalg.svdvals(a).norm():5.2f}, their length")

print("\nentries from N(0, 0.1^2)   Frobenius    RMS   mean absolute value")
for shape in ((10, 10), (100, 400), (1000, 1000), (2000, 50)):
    weights = torch.randn(shape) * 0.1
    size, average = frobenius(weights), weights.abs().mean()
    print(f"{shape!s:<24}{size:12.1f}{rms(weights):7.3f}{average:22.3f}")
print(f"0.1 times sqrt(2 / pi) is {0.1 * (2 / torch.pi) ** 0.5:.3f}")

worst = 0.0
for _ in range(2000):
    a = torch.randn(*torch.randint(1, 9, (2,)))  # (m, n)
    worst = max(worst, (frobenius(a) - torch.linalg.matrix_norm(a)).abs().item())
print(f"2000 random matrices: largest difference from torch {worst:.12f}")
