"""Accumulating gradients in DDP: no_sync saves all-reduces, and changes nothing."""

import contextlib
import os
import socket

import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel as DDP


def count_and_average(calls, bucket):
    """Average a bucket of gradients over the processes, and count the call."""
    calls.append(bucket.buffer().numel())
    future = dist.all_reduce(bucket.buffer(), async_op=True).get_future()
    return future.then(lambda done: done.value()[0] / dist.get_world_size())


def accumulate(parts, quiet_forward, quiet_backward):
    """Return the mean gradient over parts of a batch, and the number of all-reduces.

    quiet_forward, quiet_backward: is that pass of all parts but the last in no_sync()?
    """
    torch.manual_seed(0)
    x, target = torch.randn(12, 6), torch.randn(12, 3)  # (N, D), (N, C)
    model, calls = DDP(nn.Linear(6, 3)), []
    model.register_comm_hook(calls, count_and_average)

    def silence(wanted):
        return model.no_sync() if wanted else contextlib.nullcontext()

    for n, (some_x, some_target) in enumerate(zip(x.chunk(parts), target.chunk(parts))):
        with silence(quiet_forward and n < parts - 1):
            loss = nn.functional.mse_loss(model(some_x), some_target) / parts
        with silence(quiet_backward and n < parts - 1):
            loss.backward()
    return model.module.weight.grad, len(calls)


torch.set_default_dtype(torch.float64)
os.environ["GLOO_SOCKET_IFNAME"] = socket.if_nameindex()[0][1]  # the loopback
dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
whole, _ = accumulate(1, False, False)
print("no_sync around         all-reduces  gradient off by")
for name, *quiet in (
    ("nothing", False, False),
    ("forward and backward", True, True),
    ("backward only", False, True),
):
    gradient, calls = accumulate(4, *quiet)
    print(f"{name:<21}  {calls:11d}  {(gradient - whole).abs().max():.12f}")
dist.destroy_process_group()
