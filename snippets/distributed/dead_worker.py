"""A process dies while another waits for it: the run ends, and says why."""

import datetime
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
import time
from multiprocessing.connection import wait

import torch
import torch.distributed as dist

PATIENCE = datetime.timedelta(seconds=12)  # torch's own: 30 minutes, with nccl 10
LOST = 3
ENDINGS = {1: "raised an error", LOST: "lost a peer", -9: "was killed", None: "hangs"}


def fail(how):
    """Stop taking part: raise an exception, hang, or be killed from outside."""
    if how == "raise":
        raise ValueError("a label that is no class")
    if how == "hang":
        time.sleep(600)
    os.kill(os.getpid(), signal.SIGKILL)


def work(rank, how, place):
    """Add up with the other process in every step; process 1 fails in the third."""
    dist.init_process_group("gloo", place, PATIENCE, world_size=2, rank=rank)
    try:
        for step in range(5):
            if rank == 1 and step == 2:
                fail(how)
            dist.all_reduce(torch.ones(1000))
    except RuntimeError:  # of all_reduce: connection closed or reset, or PATIENCE over
        sys.exit(LOST)
    finally:
        dist.destroy_process_group()


if __name__ == "__main__":
    how = sys.argv[1] if len(sys.argv) > 1 else "kill"  # or raise, or hang
    os.environ["GLOO_SOCKET_IFNAME"] = socket.if_nameindex()[0][1]  # the loopback
    new = multiprocessing.get_context("fork").Process  # no GPU in use
    with tempfile.TemporaryDirectory() as folder:
        place = f"file://{folder}/meet"
        workers = [new(target=work, args=(rank, how, place)) for rank in range(2)]
        for worker in workers:
            worker.start()
        wait([worker.sentinel for worker in workers])  # until one of them has ended
        for rank, worker in enumerate(workers):
            worker.join(timeout=5)
            print(f"process {rank} {ENDINGS.get(worker.exitcode, worker.exitcode)}")
            worker.kill()
    print("the run has failed")
