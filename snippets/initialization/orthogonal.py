"""Orthogonal weights keep the length of every input; normal ones only on average."""

import torch
from torch import nn


def orthogonal(rows, cols, gain=1.0, generator=None):
    """Return gain times a matrix (rows, cols) whose rows, or columns, are orthonormal.

    The fewer of them are; its entries have deviation gain / sqrt(max(rows, cols)). Made
    by a QR decomposition of a normal matrix, with signs so that all such matrices are
    equally likely. A size below 1: ValueError. Source: Saxe et al. 2013 (arXiv
    1312.6120).
    """
    if rows < 1 or cols < 1:
        raise ValueError(f"expected sizes of 1 or more, got ({rows}, {cols})")
    normal = torch.randn(rows, cols, generator=generator)  # (rows, cols)
    q, r = torch.linalg.qr(normal.T if rows < cols else normal)
    q = gain * q * r.diagonal().sign()  # (more, fewer)
    return q.T if rows < cols else q


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
off = 0.0
for seed in range(2_000):
    rows, cols = torch.randint(1, 12, (2,)).tolist()
    a, b = (torch.Generator().manual_seed(seed) for _ in range(2))
    theirs = nn.init.orthogonal_(torch.empty(rows, cols), 1.5, a)
    off = max(off, (orthogonal(rows, cols, 1.5, b) - theirs).abs().max().item())
print(f"2,000 random matrices, off from torch's by {off:.9f}")

D = 64
draws = {
    "normal": lambda gain: gain * torch.randn(D, D) / D**0.5,
    "orthogonal": lambda gain: orthogonal(D, D, gain),
}
print(f"deviation of the entries: {draws['orthogonal'](1.0).std():.3f}, 1 / sqrt({D})")
print("singular values of a product   of 1   of 10      of 50 matrices")
for name, draw in draws.items():
    product, rows = torch.eye(D), []  # (D, D)
    for n in range(1, 51):
        product = draw(1.0) @ product
        if n in (1, 10, 50):
            rows.append(torch.linalg.svdvals(product))  # (D,), largest first
    for label, i in (("largest", 0), ("middle", D // 2)):
        print(f"{name:<11} {label:<16}" + "".join(f"{s[i]:10.1g}" for s in rows))

x = torch.randn(50, D)  # (N, D)
for name, draw in draws.items():
    sizes = []
    for _ in range(50):
        h = x
        for _ in range(30):
            h = (h @ draw(2**0.5).T).relu()  # (N, D)
        sizes.append(h.square().mean().sqrt().item())
    low, high = sorted(sizes)[5], sorted(sizes)[44]
    print(f"30 ReLU layers, {name:<11} size {low:.1f} to {high:.1f}, 40 of 50 starts")
