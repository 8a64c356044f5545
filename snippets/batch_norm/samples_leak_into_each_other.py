"""In training each output depends on the whole batch, however large the batch is."""

import torch
import torch.nn.functional as F


def batch_norm(x):
    """Return batch norm of one feature, x (N,)."""
    return F.batch_norm(x[:, None], None, None, training=True)[:, 0]


def influence(x):
    """Return how x_j moves y_i, relative to how x_i does: by one j, by all, at random.

    The mean, the sum, and the root of the sum of squares, of dy_i/dx_j over j != i.
    """
    jacobian = torch.autograd.functional.jacobian(batch_norm, x)  # (N, N)
    own = jacobian.diag().abs().mean()
    others = (jacobian - jacobian.diag().diag()) / own  # (N, N)
    total, square = others.abs().sum(1).mean(), others.pow(2).sum(1).mean()
    return total / (len(x) - 1), total, square.sqrt()


torch.manual_seed(0)
for size in (8, 32, 128, 512):
    one, all_, random = influence(torch.randn(size, dtype=torch.float64))
    print(f"N = {size:3d}: by one other {one:.3f}", end=", ")
    print(f"by all together {all_:.1f}, if they move at random {random:.2f}")

a, b = torch.randn(2, 8, dtype=torch.float64)  # two batches with one common example
b[0] = a[0]
print(f"one example in two batches: {batch_norm(a)[0]:.2f} and {batch_norm(b)[0]:.2f}")

x = torch.randn(8, 16, requires_grad=True)  # (N, D)
(grad,) = torch.autograd.grad(F.layer_norm(x, (16,))[0].pow(3).sum(), x)  # (N, D)
print(f"layer norm: {grad[1:].abs().sum():.1f} of example 0's gradient leaks")
