"""Checkpointing keeps few activations and computes the others a second time."""

import weakref

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves
from torch.utils.checkpoint import checkpoint_sequential
from torch.utils.flop_counter import FlopCounterMode


class Peak(TorchDispatchMode):
    """Follow how many bytes the tensors made inside a `with` statement hold at most."""

    def __init__(self):
        super().__init__()
        self.sizes, self.bytes = {}, 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        result = function(*args, **kwargs or {})
        for tensor in (t for t in tree_leaves(result) if isinstance(t, torch.Tensor)):
            storage = tensor.untyped_storage()
            if storage._cdata not in self.sizes:
                self.sizes[storage._cdata] = storage.nbytes()
                weakref.finalize(storage, self.sizes.pop, storage._cdata)
        self.bytes = max(self.bytes, sum(self.sizes.values()))
        return result


def train(segments):
    """Run the network forward and backward, in so many segments."""
    net.zero_grad()
    y = checkpoint_sequential(net, segments, x, use_reentrant=False)  # (N, D)
    y.square().mean().backward()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
LAYERS, N, D = 16, 512, 32
layers = [nn.Sequential(nn.Linear(D, D), nn.Tanh()) for _ in range(LAYERS)]
net, x = nn.Sequential(*layers), torch.randn(N, D, requires_grad=True)  # (N, D)
net(x).square().mean().backward()
expected = net[0][0].weight.grad.clone()  # (D, D)
with FlopCounterMode(display=False) as forward:
    net(x)
print("segments  activations held at most  forward passes' worth  gradients differ")
for segments in (1, 2, 4, 8, 16):
    with Peak() as peak:
        train(segments)
    with FlopCounterMode(display=False) as counter:
        train(segments)
    held = peak.bytes / (8 * N * D)  # in activations of one layer
    passes = counter.get_total_flops() / forward.get_total_flops()
    off = (net[0][0].weight.grad - expected).abs().max()
    print(f"{segments:8d}  {held:24.0f}  {passes:21.2f}  {off:.12f}")
