"""What fills the memory in a training step: four accounts, and what torch holds."""

from itertools import pairwise

import torch
from torch import nn


def accounts(widths, n):
    """Return {name: bytes} of one step, by formula.

    n examples, float32, AdamW, linear layers from width to width with GELU between. A
    weight and its gradient take 4 bytes each, its two averages 8. For the backward pass
    each layer keeps what it was given, and the mean square keeps the last output.
    """
    if n < 1 or len(widths) < 2 or min(widths) < 1:
        raise ValueError(f"need examples and two or more widths, got {n}, {widths}")
    weights = 4 * sum((fan_in + 1) * fan_out for fan_in, fan_out in pairwise(widths))
    counters = 4 * 2 * (len(widths) - 1)  # AdamW counts the steps of each tensor
    kept = 4 * n * (2 * sum(widths[1:-1]) + widths[-1])  # the data are no activations
    return dict(zip(NAMES, (weights, weights, 2 * weights + counters, kept)))


def measured(widths, n, device):
    """Return {name: bytes} of one step as torch holds them, and the allocator's sum."""
    start, layers, kept = torch.cuda.memory_allocated(), [], {}
    for pair in pairwise(widths):
        layers += [nn.Linear(*pair), nn.GELU()]
    net = nn.Sequential(*layers[:-1]).to(device)
    optimizer = torch.optim.AdamW(net.parameters())
    x = torch.randn(n, widths[0], device=device)  # (N, D)
    net(x).square().mean().backward()
    optimizer.step()

    def keep(tensor):
        kept[tensor.data_ptr()] = tensor
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        net(x).square().mean()  # a second forward pass, when all four are there
    for tensor in (x, *net.parameters()):  # there without a backward pass, too
        kept.pop(tensor.data_ptr(), None)
    weights, gradients = zip(*((p, p.grad) for p in net.parameters()))
    averages = [t for state in optimizer.state.values() for t in state.values()]
    groups = weights, gradients, averages, kept.values()
    held = {name: sum(t.nbytes for t in group) for name, group in zip(NAMES, groups)}
    return held, torch.cuda.memory_allocated() - start - x.nbytes


NAMES = "weights", "gradients", "optimizer", "activations"
device = "cuda" if torch.cuda.is_available() else "cpu"
measured([8, 8], 8, device)  # a GPU sets room aside for its matrix library, once
held, allocated = measured([300, 700, 500, 20], 4096, device)
for name, size in accounts([300, 700, 500, 20], 4096).items():
    print(f"{name:<11}  formula {size:11,d}  held {held[name]:11,d} bytes")
if device == "cuda":
    print(f"all four     held {sum(held.values()):,}  allocator {allocated:,} bytes")
else:
    print("no CUDA device: its allocator was not asked")
