"""Two processes that hold half of each weight train as one that holds them all."""

import copy
import os
import socket
import tempfile

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn
from torch.distributed.fsdp import fully_shard


def train(model, x, target):
    """Take 20 steps of Adam with clipped gradients; return the optimizer."""
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(20):
        optimizer.zero_grad()
        nn.functional.mse_loss(model(x), target).backward()
        nn.utils.clip_grad_norm_(model.parameters(), max_norm=0.5)  # over all shards
        optimizer.step()
    return optimizer


def compare(rank, processes):
    """Yield what this process holds, and how far its training is from one process's."""
    torch.manual_seed(0)  # the same weights and data in each process
    whole = nn.Sequential(nn.Linear(6, 9), nn.Tanh(), nn.Linear(9, 6)).double()
    model = copy.deepcopy(whole)
    mesh = dist.init_device_mesh("cpu", (processes,))  # "cuda" on GPUs
    for module in (model[0], model[2], model):  # each layer, then what is left
        fully_shard(module, mesh=mesh)
    x, target = torch.randn(2, 10, 6).double()  # (N, D) each
    train(whole, x, target)
    optimizer = train(model, x[rank::processes], target[rank::processes])
    w = model[0].weight  # (9, 6), of which this process holds some rows
    mean = optimizer.state[w]["exp_avg"]
    for what, t in (("weight", w), ("gradient", w.grad), ("Adam's mean", mean)):
        yield f"{what}, of {tuple(t.shape)}", tuple(t.to_local().shape)
    pairs = zip(model.parameters(), whole.parameters(), strict=True)
    off = max((p.full_tensor() - q).abs().max() for p, q in pairs)
    yield "weights after 20 steps", f"off by {off:.12f}"


def work(rank, processes, meeting_point):
    """Be one of the processes; the first prints what all of them found."""
    dist.init_process_group("gloo", meeting_point, rank=rank, world_size=processes)
    found = [None] * processes
    dist.all_gather_object(found, list(compare(rank, processes)))
    for (what, first), (_, second) in zip(*found, strict=True) if rank == 0 else ():
        print(f"{what:<24}{first!s:<24}{second}")
    dist.destroy_process_group()


if __name__ == "__main__":
    os.environ["GLOO_SOCKET_IFNAME"] = socket.if_nameindex()[0][1]  # the loopback
    with tempfile.TemporaryDirectory() as folder:
        mp.start_processes(work, (2, f"file://{folder}/meet"), 2, start_method="fork")
