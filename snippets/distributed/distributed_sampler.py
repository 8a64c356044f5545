"""The examples that DistributedSampler gives to each process, padding included."""

import numpy as np
import torch
from torch.utils.data import DistributedSampler


def indices(length, processes, rank, *, epoch=0, shuffle=True, seed=0, drop_last=False):
    """Return the examples of one process in one epoch, as a list of integers.

    length: of the data set. Without drop_last, its beginning is repeated until all
    processes get as many; with it, the rest is left out. A negative length, or a rank
    that is not one of the processes: ValueError.
    Source: the documentation and the code of torch.utils.data.DistributedSampler.
    """
    if length < 0 or not 0 <= rank < processes:
        raise ValueError(f"got rank {rank} of {processes}, length {length}")
    order = list(range(length))
    if shuffle:  # the same shuffle in each process
        generator = torch.Generator().manual_seed(seed + epoch)
        order = torch.randperm(length, generator=generator).tolist()
    each = length // processes if drop_last else -(-length // processes)  # down, or up
    while len(order) < each * processes:
        order += order[: each * processes - len(order)]
    return order[rank : each * processes : processes]


for epoch in (0, 1):
    for rank in range(4):
        print(f"epoch {epoch}, process {rank}: {indices(10, 4, rank, epoch=epoch)}")
sampler = DistributedSampler(range(10), num_replicas=4, rank=0)
same = list(sampler) == list(sampler)
print(f"two epochs without set_epoch: the same order? {same}")

rng = np.random.default_rng(0)
different = 0
for _ in range(2000):
    length, processes, epoch, seed = rng.integers((0, 1, 0, 0), (60, 12, 9, 9)).tolist()
    rank = int(rng.integers(processes))
    options = {"shuffle": bool(rng.integers(2)), "drop_last": bool(rng.integers(2))}
    options["seed"] = seed
    sampler = DistributedSampler(range(length), processes, rank, **options)
    sampler.set_epoch(epoch)
    ours = indices(length, processes, rank, epoch=epoch, **options)
    different += list(sampler) != ours
print(f"2,000 random samplers against torch's: {different} differ")
