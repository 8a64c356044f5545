"""The spectral norm is the largest stretch; the Frobenius norm tells the average."""

import matplotlib.pyplot as plt
import torch


def average_stretch(a):
    """Return the root mean square length of a u, over all directions u of length 1.

    a: (m, n). Each of the n coordinates of u has the mean square 1 / n.
    """
    return torch.linalg.matrix_norm(a) / a.shape[1] ** 0.5


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
m, n = 60, 40
directions = torch.nn.functional.normalize(torch.randn(n, 20000), dim=0)  # (n, draws)
u, v = torch.randn(m), torch.randn(n)  # (m,), (n,)
print(f"matrices ({m}, {n})        spectral   Frobenius   Frobenius   RMS stretch")
print("                            norm        norm   / sqrt(n)      measured")
for name, a in {
    "zeros and ones, eye": torch.eye(m, n),
    "orthonormal columns": torch.linalg.qr(torch.randn(m, n)).Q,
    "N(0, 1/n)": torch.randn(m, n) / n**0.5,
    "rank 1": torch.outer(u, v) / n**0.5,
}.items():
    spectral, whole = torch.linalg.matrix_norm(a, 2), torch.linalg.matrix_norm(a)
    measured = (a @ directions).square().sum(0).mean().sqrt()
    print(
        f"{name:<20}{spectral:12.2f}{whole:12.2f}{average_stretch(a):12.2f}"
        f"{measured:14.2f}"
    )

a = torch.tensor([[1.5, 0.8], [0.2, 1.0]])  # (2, 2)
left, values, right = torch.linalg.svd(a)
angle = torch.linspace(0, 2 * torch.pi, 200)  # (200,)
circle = torch.stack([angle.cos(), angle.sin()])  # (2, 200)
print(f"the figure's matrix stretches by {values[1]:.2f} to {values[0]:.2f}")

figure, axis = plt.subplots(figsize=(5.8, 3))
axis.plot(*circle, label="u, of length 1")
axis.plot(*(a @ circle), label="a u")
for value, direction in zip(values, left.T):
    ends = torch.stack([-value * direction, value * direction], dim=1)  # (2, 2)
    axis.plot(*ends, ":", color="C5")
axis.set(aspect="equal", xlabel="first coordinate", ylabel="second coordinate")
axis.set(xlim=(-2, 4), ylim=(-1.3, 1.3))
axis.legend(loc="center right")
plt.show()
