"""A solution: 1 - |y| is 1 over 1 + |x|, and the slope is its square."""

import torch
from torch.nn.functional import softsign


def slope(y):
    """Return the derivative of x / (1 + |x|) where its value is y: the shape of y."""
    return (1 - y.abs()) ** 2


# The check
x = torch.tensor([-40.0, -2.0, -0.1, 0.3, 1.0, 9.0], dtype=torch.float64)  # (6,)
y = softsign(x.requires_grad_())  # (6,)
(expected,) = torch.autograd.grad(y.sum(), x)
answer = slope(y.detach())
if answer is None or not torch.allclose(answer, expected, rtol=1e-9):
    got = None if answer is None else [f"{s:.4f}" for s in answer.tolist()]
    print(f"not yet: slopes {[f'{s:.4f}' for s in expected.tolist()]}, got {got}")
else:
    print("right: softsign can forget its input, as sigmoid and tanh can")
