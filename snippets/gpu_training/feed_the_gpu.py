"""How many workers keep a GPU busy: a model of the loader, and copies on a real one."""

import time

import torch


def busy_share(load, compute, workers, batches=1000):
    """Return the share of the time in which the GPU computes, batch after batch.

    load, compute: time for a batch, in any unit. Workers take turns, and each loads on
    without waiting for the GPU. With 0 workers the program loads by itself.
    """
    if min(load, compute) <= 0 or workers < 0 or batches < 1:
        raise ValueError(f"{load}, {compute}, {workers} workers, {batches} batches")
    if workers == 0:
        return compute / (load + compute)
    ready, done = (
        [0] * workers,
        0,
    )  # when each worker's batch is there, and the GPU free
    for batch in range(batches):
        ready[batch % workers] += load
        done = max(ready[batch % workers], done) + compute
    return batches * compute / done


LOAD, COMPUTE = 10, 3
print(f"a batch takes {LOAD} ms to load and {COMPUTE} ms to train on")
print("workers  GPU busy  workers x compute / load")
for workers in (0, 1, 2, 3, 4, 8):
    share = busy_share(LOAD, COMPUTE, workers)
    print(f"{workers:7d}  {share:8.2f}  {workers * COMPUTE / LOAD:8.2f}")

if torch.cuda.is_available():
    host = torch.ones(2**28, dtype=torch.uint8)  # 256 MiB
    pinned = host.pin_memory()
    for name, source, free in (
        ("pageable", host, False),
        ("pinned", pinned, False),
        ("pinned, non_blocking", pinned, True),
    ):
        for _ in range(2):  # the first copy sets memory aside
            torch.cuda.synchronize()
            start = time.perf_counter()
            on_gpu = source.to("cuda", non_blocking=free)
            goes_on = time.perf_counter() - start
            torch.cuda.synchronize()
            done = time.perf_counter() - start
            del on_gpu
        speed = host.nbytes / done / 1e9
        print(f"{name:<21} {speed:5.1f} GB/s, CPU held for {1e3 * goes_on:6.2f} ms")
else:
    print("no CUDA device: no copy was timed")
