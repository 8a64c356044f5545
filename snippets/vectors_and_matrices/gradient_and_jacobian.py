"""A Jacobian has a row for each output: by hand, by torch and by finite differences."""

import math

import torch
from torch.func import grad, jacrev


def numerical_jacobian(function, x, step=1e-6):
    """Return (out, in): how each output of a function moves with each input.

    Central differences. An x that is no vector (in,), or a step of 0: ValueError.
    """
    if x.ndim != 1 or step <= 0:
        raise ValueError(f"x of shape {tuple(x.shape)}, step {step}")
    columns = [
        (function(x + step * e) - function(x - step * e)) / (2 * step)
        for e in torch.eye(len(x), dtype=x.dtype)
    ]
    return torch.stack(columns, dim=1)  # (out, in)


def g(x):
    return torch.stack([x[1] * x[0].sin(), x[0] * x[2] ** 3])  # (2,)


def jacobian_of_g(x):
    a, b, c = x.tolist()
    rows = [[b * math.cos(a), math.sin(a), 0], [c**3, 0, 3 * a * c**2]]
    return torch.tensor(rows, dtype=x.dtype)  # (2, 3)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.tensor([0.5, 2.0, -1.0])  # (3,)
print(f"g takes {tuple(x.shape)} and returns {tuple(g(x).shape)}")
exact = jacobian_of_g(x)
for name, found in {
    "by hand": exact,
    "jacrev": jacrev(g)(x),
    "differences": numerical_jacobian(g, x),
}.items():
    off = (found - exact).abs().max()
    print(f"{name:<12}shape {tuple(found.shape)}, off by {off:.8f}")
print("\n".join(" ".join(f"{v:6.2f}" for v in row) for row in exact))

rows = [grad(lambda x, i=i: g(x)[i])(x) for i in range(2)]  # (3,), (3,)
same = torch.equal(torch.stack(rows), jacrev(g)(x))
print(f"row i is the gradient of output i: {same}")

weight = torch.randn(4, 3)  # (4, 3)
print("\nfunction                            shape of its derivative")
for name, derivative in {
    "g(x)[0], a number, by x": jacrev(lambda x: g(x)[0])(x),
    "weight @ x, by x": jacrev(lambda x: weight @ x)(x),
    "weight @ x, by weight": jacrev(lambda w: w @ x)(weight),
    "(weight @ x).sum(), by weight": grad(lambda w: (w @ x).sum())(weight),
}.items():
    print(f"{name:<36}{tuple(derivative.shape)}")
