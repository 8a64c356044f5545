"""The inner product is one number, the outer product a matrix of rank 1."""

import random

import torch


def inner(a, b):
    """Return the sum of all a_i b_i, (), of two vectors (n,); else ValueError."""
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError(
            f"shapes {tuple(a.shape)} and {tuple(b.shape)}, not (n,) twice"
        )
    return (a * b).sum()


def outer(a, b):
    """Return all a_i b_j, (m, n), of vectors (m,) and (n,); no vectors: ValueError."""
    if a.ndim != 1 or b.ndim != 1:
        raise ValueError(f"shapes {tuple(a.shape)} and {tuple(b.shape)}, not vectors")
    return a[:, None] * b


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
a, b = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([4.0, 0.0, -1.0])  # (3,)
c = torch.tensor([5.0, 6.0, 7.0, 8.0])  # (4,)
print(f"a = {a.tolist()}, b = {b.tolist()}\nc = {c.tolist()}\n")
for name, x in {
    "inner(a, b)": inner(a, b),
    "a * b, elementwise": a * b,
    "outer(a, c)": outer(a, c),
}.items():
    print(f"{name:<20}shape {tuple(x.shape)!s:<8}{x.int().tolist()}")

print(f"\nrank of outer(a, c): {torch.linalg.matrix_rank(outer(a, c))}")
print(f"trace of outer(a, b): {outer(a, b).trace():.0f}, the inner product")
x = torch.randn(4)  # (4,)
same = torch.allclose(outer(a, c) @ x, a * inner(c, x))
print(f"outer(a, c) @ x is a, times the number inner(c, x): {same}")

draw, worst = random.Random(0), 0.0
for _ in range(2000):
    a, b = torch.randn(2, draw.randint(1, 9))  # (n,)
    c = torch.randn(draw.randint(1, 9))  # (m,)
    worst = max(worst, abs(inner(a, b) - torch.dot(a, b)).item())
    worst = max(worst, (outer(a, c) - torch.outer(a, c)).abs().max().item())
print(f"2000 random triples: largest difference from torch {worst:.12f}")
