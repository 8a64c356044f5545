"""The gradient points uphill, across the lines of equal height."""

import matplotlib.pyplot as plt
import torch


def f(x):
    """A valley: its height over the points x, (2, ...)."""
    return x[0] ** 2 + 3 * x[1] ** 2


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.tensor([2.0, 1.0])  # (2,)
gradient = torch.func.grad(f)(x)  # (2,)
length, step = gradient.norm(), 1e-6
print(f"gradient {gradient.tolist()}, length {length:.3f}")
print("degrees off the gradient   rate of change   length times cosine")
for degrees in (0, 45, 90, 135, 180):
    turn = torch.deg2rad(torch.tensor(float(degrees)))
    across = torch.stack([-gradient[1], gradient[0]])  # (2,)
    u = (turn.cos() * gradient + turn.sin() * across) / length  # (2,), of length 1
    rate = (f(x + step * u) - f(x - step * u)) / (2 * step)
    both = [round(v.item(), 3) + 0 for v in (rate, length * turn.cos())]
    print(f"{degrees:24d}{both[0]:17.3f}{both[1]:22.3f}")

many = torch.nn.functional.normalize(torch.randn(2, 1000), dim=0)  # (2, directions)
print(f"steepest of 1000 random directions {(gradient @ many).max():.3f}")

grid = torch.linspace(-1, 3, 81), torch.linspace(-1.2, 2.2, 69)
columns, rows = torch.meshgrid(*grid, indexing="xy")  # (69, 81)
heights = f(torch.stack([columns, rows]))  # (69, 81)
figure, axis = plt.subplots(figsize=(5.8, 3.8))
lines = axis.contour(columns, rows, heights, levels=[0.5, 2, 4, 7, 11, 16], colors="C5")
axis.clabel(lines, fmt="%.3g")
points = torch.tensor([[2.0, -0.5, 1.5, 0.6], [1.0, 0.8, -0.5, 0.3]])  # (2, points)
slopes = 0.12 * torch.func.vmap(torch.func.grad(f), 1, 1)(points)  # (2, points)
axis.quiver(*points, *slopes, angles="xy", scale_units="xy", scale=1, color="C0")
axis.set(aspect="equal", xlabel="first coordinate", ylabel="second coordinate")
axis.grid(False)
plt.show()
