"""What inplace=True saves: a buffer now, and hardly ever what backward keeps."""

import torch
from torch import nn


def kept(network, x):
    """Return the MiB that autograd keeps for backward, each memory counted once.

    Weights and the input, which exist anyway, are not counted.
    """
    known = {t.untyped_storage().data_ptr() for t in (x, *network.parameters())}
    seen = {}  # start of a memory: its bytes; the tensors are held, so none is reused
    held = []

    def keep(tensor):
        memory = tensor.untyped_storage()
        if memory.data_ptr() not in known:
            seen[memory.data_ptr()] = memory.nbytes()
            held.append(tensor)
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        network(x)
    return sum(seen.values()) / 2**20


def stack(*names, inplace):
    """Return four times the named layers, for 8 channels."""
    make = {
        "conv": lambda: nn.Conv2d(8, 8, 3, padding=1),
        "norm": lambda: nn.BatchNorm2d(8),
        "ReLU": lambda: nn.ReLU(inplace),
        "SiLU": lambda: nn.SiLU(inplace),
    }
    return nn.Sequential(*(make[name]() for _ in range(4) for name in names))


torch.manual_seed(0)
x = torch.randn(4, 8, 64, 64)  # (N, C, H, W), half a MiB
print("kept for backward, MiB         plain   in place")
for names in (("conv", "ReLU"), ("conv", "norm", "ReLU"), ("conv", "norm", "SiLU")):
    plain, inplace = (kept(stack(*names, inplace=i), x) for i in (False, True))
    print(f"4 x {' + '.join(names):<22}{plain:9.1f}{inplace:11.1f}")

with torch.no_grad():
    for inplace in (False, True):
        same = nn.ReLU(inplace)(x).data_ptr() == x.data_ptr()
        print(f"inplace={inplace!s:<6} output in the input's memory: {same}")
