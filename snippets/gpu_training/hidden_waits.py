"""Lines that make the CPU wait for the device: those that need a number from it."""

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

# How torch marks operations of which a number, or a shape, is needed to go on.
WAITS = {torch.Tag.data_dependent_output, torch.Tag.dynamic_output_shape}


class Waits(TorchDispatchMode):
    """Count such operations inside a `with` statement."""

    count = 0

    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        self.count += bool(WAITS & set(function.tags))
        return function(*args, **kwargs or {})


def clip(**options):
    """Clip the gradients to a length of 1; return the length that they had."""
    return nn.utils.clip_grad_norm_(net.parameters(), 1.0, **options)


device = torch.accelerator.current_accelerator(True) or torch.device("cpu")
torch.manual_seed(0)
net = nn.Linear(16, 4).to(device)
x = torch.randn(32, 16, device=device)  # (N, D)
loss, total = net(x).square().mean(), torch.zeros((), device=device)
loss.backward()
lines = {
    "loss.item()": lambda: loss.item(),
    'f"{loss:.2f}"': lambda: f"{loss:.2f}",
    "if loss > 9:": lambda: bool(loss > 9),
    "x[x > 0]": lambda: x[x > 0],
    "x.nonzero()": lambda: x.nonzero(),
    "clip(error_if_nonfinite=True)": lambda: clip(error_if_nonfinite=True),
    "clip()": lambda: clip(),
    "torch.where(x > 0, x, 0)": lambda: torch.where(x > 0, x, 0),
    "total += loss.detach()": lambda: total.add_(loss.detach()),
}
for text, line in lines.items():
    with Waits() as waits:
        line()
    print(f"{text:<31}{'waits' if waits.count else 'goes on'}")

for every in (1, 10):
    with Waits() as waits:
        for step in range(100):
            total += loss.detach()
            if step % every == every - 1:
                total.item()
    print(f"100 steps, a log line every {every:2d}: {waits.count:3d} waits")
