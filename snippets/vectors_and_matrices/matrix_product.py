"""Four ways to read a matrix product, and what the order of brackets costs."""

import random

import torch


def by_entries(a, b):
    """Entry (i, j) is the inner product of row i and column j."""
    return torch.stack([torch.stack([row @ column for column in b.T]) for row in a])


def by_columns(a, b):
    """Column j mixes the columns of a, in the amounts of column j of b."""
    return torch.stack([(a * column).sum(1) for column in b.T], dim=1)


def by_rows(a, b):
    """Row i mixes the rows of b, in the amounts of row i of a."""
    return torch.stack([(row[:, None] * b).sum(0) for row in a])


def by_outer_products(a, b):
    """The sum over k of column k of a times row k of b, each of rank 1."""
    return sum(torch.outer(column, row) for column, row in zip(a.T, b))


def multiplications(*shapes):
    """Count those of a product of matrices, left to right; no product: ValueError."""
    rows, width, total = *shapes[0], 0
    for height, columns in shapes[1:]:
        if height != width:
            raise ValueError(f"{(rows, width)} times {(height, columns)}")
        total, width = total + rows * width * columns, columns
    return total


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
draw = random.Random(0)
sizes = [[draw.randint(1, 5) for _ in range(3)] for _ in range(200)]
pairs = [(torch.randn(m, k), torch.randn(k, n)) for m, k, n in sizes]
print("200 random products   largest difference from a @ b")
for way in (by_entries, by_columns, by_rows, by_outer_products):
    worst = max((way(a, b) - a @ b).abs().max().item() for a, b in pairs)
    print(f"{way.__name__:<22}{worst:.12f}")

a, b, x = (1000, 1000), (1000, 1000), (1000, 1)
left, right = multiplications(a, b, x), multiplications(b, x) + multiplications(a, x)
print(f"\n(a @ b) @ x: {left:13,d} multiplications, with sides of 1,000")
print(f"a @ (b @ x): {right:13,d}, {left / right:.0f} times fewer")
