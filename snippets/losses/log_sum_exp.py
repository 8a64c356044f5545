"""Logarithms of zeros: how softmax and sigmoid reach 0, and what is not hurt by it."""

import torch
import torch.nn.functional as F

TARGET = torch.tensor([1])  # (N,)
ONE = torch.tensor([1.0])  # (N,)


def by_hand(z):
    return -(z.exp() / z.exp().sum(dim=1, keepdim=True)).log()[0, 1]


def softmax_then_log(z):
    return -z.softmax(dim=1).log()[0, 1]


def log_sum_exp(z):
    """Return ln(sum exp z) - z_1, with the largest z taken out of the sum."""
    largest = z.max(dim=1, keepdim=True).values  # (N, 1)
    log_sum = largest + (z - largest).exp().sum(dim=1, keepdim=True).log()  # (N, 1)
    return log_sum[0, 0] - z[0, 1]


def show(name, loss, z):
    """Print a loss and its gradient with respect to z."""
    z = torch.tensor(z, requires_grad=True)
    value = loss(z)
    (gradient,) = torch.autograd.grad(value, z)
    numbers = ", ".join(f"{g + 0.0:.3g}" for g in gradient.flatten().tolist())
    print(f"    {name:<36}{value.item():8.4g}   {numbers}")


for logits in ([[2.0, 1.0]], [[200.0, 0.0]]):
    print(f"logits {logits[0]}, class 1 is right".ljust(43) + "loss   gradient")
    show("exp, divide, log", by_hand, logits)
    show("softmax, then log", softmax_then_log, logits)
    show("log-sum-exp", log_sum_exp, logits)
    show("cross_entropy", lambda z: F.cross_entropy(z, TARGET), logits)

print("score -200, the label is 1".ljust(43) + "loss   gradient")
show("-log(sigmoid)", lambda z: -z.sigmoid().log().sum(), [-200.0])
show(
    "binary_cross_entropy(sigmoid)",
    lambda z: F.binary_cross_entropy(z.sigmoid(), ONE),
    [-200.0],
)
show(
    "binary_cross_entropy_with_logits",
    lambda z: F.binary_cross_entropy_with_logits(z, ONE),
    [-200.0],
)
for dtype in (torch.float32, torch.float64):
    z = torch.tensor(-200, dtype=dtype)
    print(f"sigmoid(-200) in {str(dtype)[6:]}: {z.sigmoid():.2g}")
