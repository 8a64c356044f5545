"""Accuracy over four processes: padded shares count some examples twice."""

import torch
from torch.utils.data import DistributedSampler


def joined_accuracy(shares):
    """Return all right answers over all answers: two sums for an all-reduce each."""
    return sum(share.sum() for share in shares) / sum(len(share) for share in shares)


def mean_accuracy(shares):
    """Return the average of the processes' own accuracies."""
    return sum(share.mean() for share in shares) / len(shares)


right = torch.tensor([1.0, 1, 1, 0, 0, 1, 0, 0, 0])  # (N,)  1 where the answer is right
padded, exact = [], []
for rank in range(4):
    sampler = DistributedSampler(right, num_replicas=4, rank=rank, shuffle=False)
    padded.append(list(sampler))
    exact.append(list(range(rank, len(right), 4)))

print(f"one process: {right.mean():.3f}")
for name, indices in (("DistributedSampler", padded), ("range(rank, N, K)", exact)):
    shares = [right[some] for some in indices]
    joined, mean = joined_accuracy(shares), mean_accuracy(shares)
    print(f"{name}: {indices}")
    print(f"  joined {joined:.3f}, mean of means {mean:.3f}")
