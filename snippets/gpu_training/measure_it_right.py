"""A timer that does not wait counts launches, not work: a model of the two clocks."""

import random
import time

import torch
from torch.utils import collect_env


def clocks(kernels, launch):
    """Return when the CPU and the device are done, in the unit of the arguments.

    The CPU takes `launch` to queue a kernel and goes on. The device runs the queue in
    order, each kernel for its time in `kernels`. No time is negative: ValueError.
    """
    if launch < 0 or min(kernels) < 0:
        raise ValueError(f"a time is 0 or more, got {launch} and {min(kernels)}")
    cpu = device = 0
    for kernel in kernels:
        cpu += launch
        device = max(device, cpu) + kernel
    return cpu, device


def elapsed(n, kernel, launch):
    """Return when n equal kernels are done: the slower of the two sets the pace."""
    return launch + kernel + (n - 1) * max(launch, kernel)


print("100 launches of 5 us     timer read at once    after waiting")
for kernel in (1, 5, 50, 500):
    cpu, device = clocks([kernel] * 100, launch=5)
    print(f"kernels of {kernel:3d} us {cpu:21,d} us {device:13,d} us")

random.seed(0)
draws = [[random.randint(1, 99) for _ in range(3)] for _ in range(2_000)]
wrong = sum(clocks([k] * n, c)[1] != elapsed(n, k, c) for n, k, c in draws)
print(f"formula against the model, {len(draws):,} random settings: {wrong} differ")

if torch.cuda.is_available():
    print("driver", collect_env.get_nvidia_driver_version(collect_env.run))
    a = torch.randn(4096, 4096, device="cuda").bfloat16()  # (N, N)
    for name in ("for the first time", "without waiting", "with synchronize"):
        torch.cuda.synchronize()
        start = time.perf_counter()
        for _ in range(50):
            a @ a
        if name != "without waiting":
            torch.cuda.synchronize()
        print(f"50 products {name}: {1e3 * (time.perf_counter() - start):.2f} ms")
    start, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))
    start.record()
    for _ in range(50):
        a @ a
    end.record()
    torch.cuda.synchronize()  # until the device has passed the events
    print(f"50 products between two events: {start.elapsed_time(end):.2f} ms")
else:
    print("no CUDA device: nothing was timed")
