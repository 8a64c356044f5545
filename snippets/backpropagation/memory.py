"""What the backward pass has the forward pass keep: by operation, and by depth."""

import torch
import torch.nn.functional as F
from torch import nn


def kept(function, *inputs, weights=()):
    """Return how many numbers a call keeps for its backward pass.

    A tensor kept twice counts once; weights do not count, as they are there anyway.
    """
    sizes, known = {}, {w.untyped_storage().data_ptr() for w in weights}

    def keep(tensor):
        sizes[tensor.untyped_storage().data_ptr()] = tensor.numel()
        return tensor

    with torch.autograd.graph.saved_tensors_hooks(keep, lambda tensor: tensor):
        output = function(*inputs)  # while it is held, so is all that is kept
    del output
    return sum(size for place, size in sizes.items() if place not in known)


torch.manual_seed(0)
x, y = torch.randn(2, 100, 20, requires_grad=True).unbind()  # (N, D), (N, D)
net = nn.Linear(20, 30)
print("x and y hold 2000 numbers each. Kept:")
for name, function in {
    "x + y": lambda x, y: x + y,
    "3 * x": lambda x, y: 3 * x,
    "x * y": lambda x, y: x * y,
    "tanh(x)": lambda x, y: x.tanh(),
    "relu(x)": lambda x, y: x.relu(),
    "x.square()": lambda x, y: x.square(),
    "softmax(x)": lambda x, y: F.softmax(x, dim=1),
    "linear(x)": lambda x, y: net(x),
}.items():
    count = kept(function, x.clone(), y.clone(), weights=[net.weight])
    print(f"  {name:<12}{count:6d}")

print("\nlayers   kept   under no_grad")
for depth in (1, 4, 16, 64):
    layers = [nn.Sequential(nn.Linear(20, 20), nn.Tanh()) for _ in range(depth)]
    net, images = nn.Sequential(*layers), x.detach()
    count = kept(net, images, weights=net.parameters())
    with torch.no_grad():
        without = kept(net, images, weights=net.parameters())
    print(f"{depth:6d}{count:7d}{without:16d}")
