"""A parameter that no loss reaches stops DDP, unless it is told to look for such."""

import os
import socket

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


class TwoHeads(nn.Module):
    """A network of which the loss uses one head or both."""

    def __init__(self, heads):
        super().__init__()
        self.body, self.heads = nn.Linear(6, 4), heads
        self.first, self.second = nn.Linear(4, 1), nn.Linear(4, 1)

    def forward(self, x):
        h = torch.relu(self.body(x))  # (N, H)
        return self.first(h) + (self.second(h) if self.heads == 2 else 0)  # (N, 1)


def two_steps(heads, **options):
    """Take two steps in DDP; return how it went, or the error in its words."""
    model = DDP(TwoHeads(heads), **options)
    try:
        for _ in range(2):
            model(torch.randn(5, 6)).mean().backward()
    except RuntimeError as error:
        return str(error).partition(" before")[0]
    return f"two steps; gradient of the second head: {model.module.second.bias.grad}"


os.environ["GLOO_SOCKET_IFNAME"] = socket.if_nameindex()[0][1]  # the loopback
dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
print("both heads:", two_steps(2))
print("one head:  ", two_steps(1))
print("one head, and DDP looks:", two_steps(1, find_unused_parameters=True))
dist.destroy_process_group()
