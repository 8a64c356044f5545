"""Batch norm in two processes: with statistics of each share, and of both."""

import os
import socket
import tempfile

import torch
import torch.distributed as dist
import torch.multiprocessing as mp


def joint_mean(x):
    """Return the mean over the rows (N, D) of all processes, (D,)."""
    sums = torch.cat([x.sum(dim=0), x.new_tensor([len(x)])])  # (D + 1,)
    dist.all_reduce(sums)
    return sums[:-1] / sums[-1]  # (D,)


def sync_batch_norm(x, dy, eps=1e-5):
    """Normalize by the statistics of all processes; return the outputs and dL/dx.

    x, and dy = dL/dy: (N, D), N may differ between processes. Returns (N, D) twice.
    Other shapes: ValueError. Source: the documentation of nn.SyncBatchNorm.
    """
    if x.ndim != 2 or x.shape != dy.shape:
        raise ValueError(f"expected (N, D) twice, got {x.shape} and {dy.shape}")
    mean = joint_mean(x)  # (D,)
    std = torch.sqrt(joint_mean((x - mean).square()) + eps)  # (D,)
    y = (x - mean) / std  # (N, D)
    return y, (dy - joint_mean(dy) - y * joint_mean(dy * y)) / std


def batch_norm(x, dy):
    """Return torch's outputs and dL/dx, (N, D) twice: one process by itself."""
    x = x.clone().requires_grad_()
    y = torch.nn.functional.batch_norm(x, None, None, training=True)  # (N, D)
    return y.detach(), *torch.autograd.grad(y, x, dy)


def work(rank, processes, meeting_point):
    """Be one of the processes: compare with one process that has all examples."""
    dist.init_process_group("gloo", meeting_point, rank=rank, world_size=processes)
    torch.manual_seed(0)  # the same data in each process
    x, dy = torch.randn(2, 9, 3, dtype=torch.float64)  # (N, D) each
    mine = slice(0, 5) if rank == 0 else slice(5, 9)  # five examples here, four there
    whole = batch_norm(x, dy)
    for name, norm, digits in (("own", batch_norm, 2), ("joint", sync_batch_norm, 12)):
        for what, part, right in zip(("y", "dx"), norm(x[mine], dy[mine]), whole):
            off = (part - right[mine]).abs().max()
            dist.all_reduce(off, dist.ReduceOp.MAX)
            if rank == 0:
                print(f"{name + ' statistics':<16} {what} off by {off:.{digits}f}")
    dist.destroy_process_group()


if __name__ == "__main__":
    os.environ["GLOO_SOCKET_IFNAME"] = socket.if_nameindex()[0][1]  # the loopback
    with tempfile.TemporaryDirectory() as folder:
        mp.start_processes(work, (2, f"file://{folder}/meet"), 2, start_method="fork")
