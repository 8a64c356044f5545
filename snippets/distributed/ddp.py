"""The gradient of two processes is that of one on the joined batch: on CPUs or GPUs."""

import copy
import os
import socket
import tempfile

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


def gradient(model, x, target):
    """Return the gradient of the mean loss as one vector."""
    nn.functional.mse_loss(model(x), target).backward()
    return nn.utils.parameters_to_vector(p.grad for p in model.parameters())


def compare(rank, processes, device):
    """Yield this process's first weight, and how far its gradient is off."""
    torch.manual_seed(rank)  # the processes draw different weights
    net = nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 3)).to(device)
    yield "first weight, drawn", f"{net[0].weight[0, 0]:.2f}"
    ddp = DDP(net)
    yield "first weight, in DDP", f"{net[0].weight[0, 0]:.2f}"

    torch.manual_seed(0)  # and the same data, of which each takes a share
    x, target = torch.randn(10, 6).to(device), torch.randn(10, 3).to(device)  # (N, …)
    share = slice(rank, None, processes)  # with two processes, every second example
    whole = gradient(copy.deepcopy(net), x, target)
    off = (gradient(copy.deepcopy(net), x[share], target[share]) - whole).norm()
    yield "gradient, without DDP", f"off by {off / whole.norm():.2f}"
    off = (gradient(ddp, x[share], target[share]) - whole).norm()
    yield "gradient, with DDP", f"off by {off / whole.norm():.12f}"


def work(rank, processes, meeting_point):
    """Be one of the processes; the first prints what all of them found."""
    torch.set_default_dtype(torch.float64)
    device = torch.device("cpu")
    if torch.accelerator.device_count() >= processes:  # a GPU for each
        torch.accelerator.set_device_index(rank)
        device = torch.accelerator.current_accelerator()
    backend = dist.get_default_backend_for_device(device)  # nccl or gloo
    dist.init_process_group(backend, meeting_point, rank=rank, world_size=processes)
    found = [None] * processes
    dist.all_gather_object(found, list(compare(rank, processes, device)))
    if rank == 0:
        for (what, first), (_, second) in zip(*found, strict=True):
            print(f"{what:<24}{first:<24}{second}")
    dist.destroy_process_group()  # after the model, which compare() has let go


if __name__ == "__main__":
    os.environ["GLOO_SOCKET_IFNAME"] = socket.if_nameindex()[0][1]  # the loopback
    with tempfile.TemporaryDirectory() as folder:
        mp.spawn(work, (2, f"file://{folder}/meet"), nprocs=2)
