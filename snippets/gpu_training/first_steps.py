"""The first step does what no later one does: leave it out of a measurement."""

import time

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode


class Count(TorchDispatchMode):
    """Count the operations that torch runs inside a `with` statement."""

    operations = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        self.operations += 1
        return function(*args, **kwargs or {})


def step():
    """Train on one batch."""
    net(x).square().mean().backward()
    optimizer.step()
    optimizer.zero_grad()


device = torch.accelerator.current_accelerator(True) or torch.device("cpu")
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(64, 256), nn.GELU(), nn.Linear(256, 10)).to(device)
optimizer = torch.optim.AdamW(net.parameters(), foreach=False)
x = torch.randn(32, 64, device=device)  # (N, D)
for number in range(1, 5):
    start = time.perf_counter()
    with Count() as count:
        step()
    if device.type != "cpu":
        torch.accelerator.synchronize()
    ms = 1e3 * (time.perf_counter() - start)
    held = sum(t.numel() for state in optimizer.state.values() for t in state.values())
    print(f"step {number}: {count.operations} operations", end=", ")
    print(f"optimizer holds {held:,} numbers", end="")
    print("" if device.type == "cpu" else f", {ms:.1f} ms")
