"""How many bytes of weights, gradients and Adam's averages each of K GPUs holds."""

import torch
from torch import nn

BYTES = {"weights": 2, "gradients": 2, "optimizer": 12}  # per parameter
SPLIT = {
    "DDP": (),
    "ZeRO-1": ("optimizer",),
    "ZeRO-2": ("optimizer", "gradients"),
    "ZeRO-3, FSDP": ("optimizer", "gradients", "weights"),
}


def bytes_per_parameter(way, processes):
    """Return the bytes that each process holds for each of the network's parameters.

    Weights and gradients have 16 bits; the optimizer keeps the weights and Adam's two
    averages in 32. Activations come on top. An unknown way, or processes below 1:
    ValueError. Source: Rajbhandari et al. 2019 (arXiv 1910.02054), figure 1.
    """
    if way not in SPLIT or processes < 1:
        raise ValueError(f"got {way!r}, of {list(SPLIT)}, and {processes} processes")
    return sum(n / processes if part in SPLIT[way] else n for part, n in BYTES.items())


def measured(dtype):
    """Return the bytes per parameter that one step of torch's Adam leaves behind."""
    net = nn.Linear(300, 200, bias=False, dtype=dtype)
    net(torch.ones(1, 300, dtype=dtype)).sum().backward()
    held, optimized = [net.weight, net.weight.grad], net.weight
    if dtype != torch.float32:  # the optimizer works on a copy with more digits
        optimized = net.weight.detach().float()
        optimized.grad = net.weight.grad.float()  # given back after the step
        held.append(optimized)
    optimizer = torch.optim.Adam([optimized])
    optimizer.step()
    held += [value for value in optimizer.state[optimized].values() if value.ndim]
    return sum(value.nbytes for value in held) / net.weight.numel()


for dtype in (torch.bfloat16, torch.float32):
    print(f"one process, {dtype}: {measured(dtype):.0f} bytes per parameter")
print("GB (1e9 bytes) on each of K GPUs, for 7.5 billion parameters")
print(f"{'K':>6}" + "".join(f"{way:>14}" for way in SPLIT))
for processes in (1, 16, 64, 1024):
    sizes = (7.5 * bytes_per_parameter(way, processes) for way in SPLIT)
    print(f"{processes:6d}" + "".join(f"{size:14.1f}" for size in sizes))
