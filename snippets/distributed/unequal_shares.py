"""An average of mean losses is the mean loss only if the shares are equal."""

import torch
from torch import nn


def share_weight(counts, rank):
    """Return by what to multiply a process's mean loss, so that DDP's average is right.

    counts: how many examples (or tokens) each process has. The average over processes
    of weight times mean is then the mean over all examples. A negative count, none
    above 0, or no such rank: ValueError.
    """
    if min(counts, default=0) < 0 or not any(counts) or not 0 <= rank < len(counts):
        raise ValueError(f"got counts {counts} and rank {rank}")
    return counts[rank] * len(counts) / sum(counts)


def gradient(loss):
    """Return the gradient by the weight, (C, D)."""
    return torch.autograd.grad(loss, net.weight, retain_graph=True)[0]


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
net = nn.Linear(5, 3)
x, target = torch.randn(12, 5), torch.randn(12, 3)  # (N, D), (N, C)
losses = (net(x) - target).square().mean(dim=1)  # (N,)  one for each example
whole = gradient(losses.mean())  # (C, D)

print("relative error of the averaged gradient, if each process takes of its share")
print("shares    the mean   the sum   the mean, weighted")
for counts in ((6, 6), (9, 3), (11, 1)):
    shares = losses.split(counts)
    weights = [share_weight(counts, rank) for rank in range(len(counts))]
    errors = []
    for of_processes in (
        [share.mean() for share in shares],
        [share.sum() for share in shares],
        [share.mean() * weight for share, weight in zip(shares, weights, strict=True)],
    ):
        average = gradient(sum(of_processes) / len(counts))  # as DDP does
        errors.append((average - whole).norm() / whole.norm())
    row = f"{errors[0]:8.2f}  {errors[1]:8.2f}   {errors[2]:.12f}"
    print(f"{counts[0]:2d} and {counts[1]}  {row}")
