"""SyncBatchNorm has to be asked for, and trains on GPUs only."""

import os
import socket

import torch
import torch.distributed as dist
from torch import nn

os.environ["GLOO_SOCKET_IFNAME"] = socket.if_nameindex()[0][1]  # the loopback
dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)

net = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8), nn.ReLU())
net = nn.SyncBatchNorm.convert_sync_batchnorm(net)  # and only then DDP(net)
print([type(layer).__name__ for layer in net])

x = torch.randn(2, 3, 5, 7)  # (N, C, H, W)
try:
    net(x)
except ValueError as error:
    print(f"training on the CPU:\n  {error}")
print(f"evaluation on the CPU:\n  {tuple(net.eval()(x).shape)}")

dist.destroy_process_group()
