"""DDP sends gradients in buckets while the backward pass is still computing others."""

import os
import socket

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


def events(bucket_mib):
    """Return what happens in a backward pass through four layers of 0.25 MiB each."""
    log = []
    net = nn.Sequential(*(nn.Linear(256, 256, bias=False) for _ in range(4)))
    layer_of = {layer.weight: name for name, layer in net.named_children()}
    model = DDP(net, bucket_cap_mb=bucket_mib)

    def send(_, bucket):
        log.append("send " + "+".join(layer_of[p] for p in bucket.parameters()))
        future = dist.all_reduce(bucket.buffer(), async_op=True).get_future()
        return future.then(lambda done: done.value()[0] / dist.get_world_size())

    model.register_comm_hook(None, send)
    for weight, layer in layer_of.items():
        weight.register_hook(lambda _, layer=layer: log.append(layer))
    for _ in range(2):  # after the first pass, DDP orders the buckets by what it saw
        log.clear()
        model(torch.randn(8, 256)).sum().backward()
    return log


os.environ["GLOO_SOCKET_IFNAME"] = socket.if_nameindex()[0][1]  # the loopback
dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
print("bucket_cap_mb  gradients of layers as they are ready, and what is sent")
for bucket_mib in (25, 0.5, 0.25):
    print(f"{bucket_mib:13}  {', '.join(events(bucket_mib))}")
dist.destroy_process_group()
