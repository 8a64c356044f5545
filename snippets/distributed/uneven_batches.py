"""One process has three batches, the other two: join() keeps the first from waiting."""

import os
import socket
import tempfile

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


def gradients(batches, **options):
    """Return the averaged gradient of this process after each of its batches.

    The gradient of batch 1, 2, 3 by itself is 1, 2, 3, in every process.
    """
    model, found = DDP(nn.Linear(1, 1)), []
    with model.join(**options):
        for batch in range(1, batches + 1):
            model.zero_grad()
            model(torch.full((4, 1), float(batch))).mean().backward()
            found.append(model.module.weight.grad.item())
    return found


def work(rank, processes, meeting_point):
    """Be one of the processes; the first prints what both found."""
    dist.init_process_group("gloo", meeting_point, rank=rank, world_size=processes)
    for how, options in (
        ("started", {}),
        ("left", {"divide_by_initial_world_size": False}),
    ):
        found = [None] * processes
        dist.all_gather_object(found, gradients(batches=3 - rank, **options))
        if rank == 0:
            print(f"divided by the number of processes {how}:")
            for process, row in enumerate(found):
                print(f"  process {process}: {row}")
    dist.destroy_process_group()


if __name__ == "__main__":
    os.environ["GLOO_SOCKET_IFNAME"] = socket.if_nameindex()[0][1]  # the loopback
    with tempfile.TemporaryDirectory() as folder:
        mp.start_processes(work, (2, f"file://{folder}/meet"), 2, start_method="fork")
