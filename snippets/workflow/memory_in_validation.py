"""Out of memory in validation: every kept output keeps the activations of its batch."""

import contextlib

import torch
from torch import nn
from torch.autograd.graph import saved_tensors_hooks


def validate(net, batches, context):
    """Return the outputs, and the MiB of activations that are alive with them.

    batches: inputs (B, D). context: of the forward passes, such as torch.no_grad.
    """
    weights = {w.untyped_storage().data_ptr() for w in net.parameters()}
    outputs, saved = [], {}

    def pack(tensor):
        storage = tensor.untyped_storage()
        if storage.data_ptr() not in weights:  # a storage may be saved twice
            saved[storage.data_ptr()] = storage.nbytes()
        return tensor

    with context(), saved_tensors_hooks(pack, lambda tensor: tensor):
        for x in batches:
            outputs.append(net(x))
    return outputs, sum(saved.values()) / 2**20


torch.manual_seed(0)
net = nn.Sequential(
    nn.Linear(64, 256), nn.ReLU(), nn.Linear(256, 256), nn.ReLU(), nn.Linear(256, 10)
)
print("MiB kept after batches       1    10    40")
for name, context in (
    ("as in training", contextlib.nullcontext),
    ("torch.no_grad()", torch.no_grad),
    ("torch.inference_mode()", torch.inference_mode),
):
    row = ""
    for count in (1, 10, 40):
        batches = [torch.randn(128, 64) for _ in range(count)]  # (B, D) each
        _, size = validate(net, batches, context)
        row += f"{size:6.1f}"
    print(f"{name:<24}{row}")
