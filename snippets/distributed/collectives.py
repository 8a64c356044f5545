"""What each of two processes holds after each collective operation."""

import os
import socket
import tempfile

import torch
import torch.distributed as dist
import torch.multiprocessing as mp


def operations(rank, processes):
    """Yield a name and what this process then holds, operation after operation."""
    mine = torch.tensor([1, 2]) * 10**rank  # (L,)
    yield "at the start", mine.tolist()

    received = mine.clone()  # (L,)  what is received replaces what was there
    dist.broadcast(received, src=0)
    yield "broadcast from process 0", received.tolist()

    total = mine.clone()  # (L,)
    dist.all_reduce(total, op=dist.ReduceOp.SUM)
    yield "all_reduce", total.tolist()

    everything = mine.new_empty(processes * len(mine))  # (processes * L,)
    dist.all_gather_single(everything, mine)
    yield "all_gather", everything.tolist()

    part = mine.new_empty(len(mine) // processes)  # (L / processes,)
    dist.reduce_scatter_single(part, mine)
    yield "reduce_scatter", part.tolist()

    dist.all_gather_single(total, part)
    yield "  and all_gather of that", total.tolist()


def work(rank, processes, meeting_point):
    """Be one of the processes; process 0 prints what all of them hold."""
    dist.init_process_group("gloo", meeting_point, rank=rank, world_size=processes)
    rows = list(operations(rank, processes))
    of_all = [None] * processes
    dist.all_gather_object(of_all, rows)
    if rank == 0:
        print(f"{'':<26}process 0       process 1")
        for (name, first), (_, second) in zip(*of_all, strict=True):
            print(f"{name:<24}  {first!s:<14}  {second}")
    dist.destroy_process_group()


if __name__ == "__main__":
    os.environ["GLOO_SOCKET_IFNAME"] = socket.if_nameindex()[0][1]  # the loopback
    with tempfile.TemporaryDirectory() as folder:
        mp.start_processes(work, (2, f"file://{folder}/meet"), 2, start_method="fork")
