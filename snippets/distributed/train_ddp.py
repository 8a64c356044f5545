"""Training in one process, or in as many as torchrun starts: the same losses."""

import os

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP
from torch.utils.data import DataLoader, DistributedSampler, TensorDataset

BATCH = 24  # examples in a step, all processes together


def join_group():
    """Meet the processes that torchrun has started, if any; return the device."""
    options = {}
    if "RANK" not in os.environ:  # started by python: a group of one
        options = {"store": dist.HashStore(), "rank": 0, "world_size": 1}
    device = torch.device("cpu")
    if torch.cuda.device_count() >= int(os.environ.get("LOCAL_WORLD_SIZE", 1)):
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)))
        torch.cuda.set_device(device)
        options["device_id"] = device
    dist.init_process_group(dist.get_default_backend_for_device(device), **options)
    return device


def train(device):
    """Train a small network; process 0 prints the losses and saves the weights."""
    torch.manual_seed(0)
    x = torch.randn(96, 4)  # (N, D)
    data = TensorDataset(x, x.sin().sum(dim=1, keepdim=True))
    sampler = DistributedSampler(data)
    loader = DataLoader(data, BATCH // dist.get_world_size(), sampler=sampler)
    model = DDP(nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 1)).to(device))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for epoch in range(4):
        sampler.set_epoch(epoch)  # another order in each epoch
        total = torch.zeros((), device=device)
        for some_x, some_target in loader:
            some_x, some_target = some_x.to(device), some_target.to(device)
            loss = nn.functional.mse_loss(model(some_x), some_target)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.detach() / len(loader)
        dist.all_reduce(total)  # each process knows the loss of its own share only
        if dist.get_rank() == 0:
            print(f"epoch {epoch}: mean loss {total / dist.get_world_size():.3f}")
    if dist.get_rank() == 0:
        torch.save(model.module.state_dict(), "weights.pt")
    dist.barrier()  # when a process is past this line, the file is complete


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    train(join_group())
    dist.destroy_process_group()
