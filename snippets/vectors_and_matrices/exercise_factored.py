"""Exercise: the Frobenius norm of a matrix that is too large to build."""

import torch


def norm_of_product(u, v):
    """Return the Frobenius norm of u @ v.T, for u (m, r) and v (n, r) of low rank r."""
    ...  # your turn


# The check
torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
wrong = ""
for m, n, r in ((3, 4, 2), (5, 2, 1), (2, 2, 6), (3_000_000, 6_000_000, 2)):
    if m < 10:
        u, v = torch.randn(m, r), torch.randn(n, r)  # (m, r), (n, r)
        expected = (u @ v.T).norm().item()
    else:  # 18 trillion entries, each of them 2
        u, v = torch.ones(m, r), torch.ones(n, r)  # (m, r), (n, r)
        expected = 2 * (m * n) ** 0.5
    try:
        answer = norm_of_product(u, v)
    except RuntimeError:  # the whole matrix would take 131 TiB
        answer = "no memory"
    if not isinstance(answer, torch.Tensor | float):
        wrong = (
            wrong or f"({m}, {n}) of rank {r}: expected {expected:.2f}, got {answer}"
        )
    elif abs(answer - expected) > 1e-9 * expected:
        got = f"expected {expected:.2f}, got {answer:.2f}"
        wrong = wrong or f"({m}, {n}) of rank {r}: {got}"
print(
    f"not yet: {wrong}" if wrong else "right: 4 norms, the last of 18 trillion entries"
)
