"""Inputs that are all positive make steps zigzag, and steps must be small."""

import matplotlib.pyplot as plt
import torch


def condition(h):
    """Return largest over smallest eigenvalue of the mean of h h': h is (N, D)."""
    values = torch.linalg.eigvalsh(h.T @ h / len(h))  # (D,), ascending
    return (values[-1] / values[0]).item()


def descend(h, target, steps):
    """Return the path (steps + 1, 2) of a unit w h, fed one example at a time.

    The loss of an example is (w h - target h)^2 / 2. The rate is 1 over the largest
    squared length of an example, so that no step overshoots.
    """
    rate = 1 / h.square().sum(dim=1).max()
    path = [torch.zeros(2)]
    for example in h[:steps]:
        w = path[-1]
        path.append(w - rate * ((w - target) @ example) * example)
    return torch.stack(path)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
z, target = torch.randn(10_000, 2), torch.tensor([1.0, -1.0])  # (N, 2), (2,)
for name, h, style in (
    ("sigmoid(z), all positive", torch.sigmoid(z), "o-"),
    ("the same minus 1/2", torch.sigmoid(z) - 0.5, "s--"),
):
    path = descend(h, target, steps=40)  # (41, 2)
    steps = path.diff(dim=0)  # (40, 2)
    both = (steps.prod(dim=1) > 0).double().mean()
    print(f"{name:<25}steps up-right or down-left: {100 * both:3.0f} %")
    print(
        f"  distance from the target after 40 steps: {(path[-1] - target).norm():.2f}"
    )
    plt.plot(*path.T, style, markersize=4, label=name)
plt.plot(*target, "*", color="black", markersize=12, label="target")
plt.xlabel("first weight")
plt.ylabel("second weight")
plt.legend(loc="lower left")

z = torch.randn(40_000, 64)  # (N, D)
print("\nhidden outputs   |mean|   std   condition of 64   1 + D mean^2 / std^2")
for f in (torch.sigmoid, torch.tanh, torch.relu, torch.nn.functional.gelu):
    h = f(z)  # (N, D)
    m, s = h.mean().item(), h.std().item()
    ratio = 1 + 64 * m**2 / s**2
    print(f"{f.__name__:<16}{abs(m):7.2f}{s:6.2f}{condition(h):18.0f}{ratio:23.0f}")
plt.show()
