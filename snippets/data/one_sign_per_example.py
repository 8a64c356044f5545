"""Positive inputs tie the signs of a unit's gradients, for one example at a time."""

import torch

D, UNITS = 6, 50


def one_signed(gradient):
    """Return the share of units whose weights (..., D) all move the same way."""
    up, down = (gradient > 0).all(dim=-1), (gradient < 0).all(dim=-1)
    return (up | down).double().mean().item()


def gradients(x, target):
    """Return the gradient of each example for the weights: (N, UNITS, D).

    Of the squared error of a linear layer whose bias makes the errors' mean 0. The
    gradient of a batch is the mean of those of its examples.
    """
    output = x @ torch.randn(D, UNITS)  # (N, UNITS)
    error = output - target  # (N, UNITS)
    error = error - error.mean(dim=0)
    return 2 * error[:, :, None] * x[:, None, :]


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
positive = torch.rand(2000, D)  # (N, D)
target = torch.randn(2000, UNITS)  # (N, UNITS)
print(f"share of units whose {D} weights all move up or all move down")
print("mean over             1 example        2        8      200")
for name, x in (("inputs 0 to 1", positive), ("centered", positive - positive.mean(0))):
    each = gradients(x, target)  # (N, UNITS, D)
    row = ""
    for size in (1, 2, 8, 200):
        of_batch = each.unflatten(0, (-1, size)).mean(dim=1)  # (N / size, UNITS, D)
        row += f"{one_signed(of_batch):9.2f}"
    print(f"{name:<22}{row}")
    if x is positive:
        up = each[:, :, 0] > 0  # (N, UNITS)
        flips = (up[1:] != up[:-1]).double().mean()
print(f"the next example turns the sign in {100 * flips:.0f} % of the units")
print(f"by chance alone, {D} signs agree in {2 / 2**D:.2f} of the units")
