"""The chain rule multiplies Jacobians, the outer function's on the left."""

import torch
from torch.func import jacrev

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
w, v = torch.randn(4, 3), torch.randn(2, 4)  # (4, 3), (2, 4)
x = torch.randn(3)  # (3,)


def hidden(x):
    return (w @ x).tanh()  # (4,)


def scores(h):
    return (v @ h).softmax(0)  # (2,)


whole = jacrev(lambda x: scores(hidden(x)))(x)  # (2, 3)
outer, inner = jacrev(scores)(hidden(x)), jacrev(hidden)(x)  # (2, 4), (4, 3)
print(f"{tuple(outer.shape)} times {tuple(inner.shape)}: {tuple(whole.shape)}")
print(f"difference from the whole: {(outer @ inner - whole).abs().max():.12f}")
try:
    inner @ outer
except RuntimeError as error:
    print(f"in the other order: {error}")

square = torch.randn(2, 3, 3)  # two matrices (3, 3)


def first(x):
    return (square[0] @ x).tanh()  # (3,)


def second(h):
    return (square[1] @ h).softmax(0)  # (3,)


whole = jacrev(lambda x: second(first(x)))(x)  # (3, 3)
here, there = jacrev(second)(first(x)), jacrev(second)(x)  # (3, 3)
print("\nall sizes equal, so that nothing fails   off by, relative")
for name, product in {
    "J_second at first(x), times J_first": here @ jacrev(first)(x),
    "in the other order": jacrev(first)(x) @ here,
    "J_second at x": there @ jacrev(first)(x),
    "both transposed, the same order": here.T @ jacrev(first)(x).T,
    "both transposed, the other order": (jacrev(first)(x).T @ here.T).T,
}.items():
    print(f"{name:<41}{(product - whole).norm() / whole.norm():.2f}")
