"""Batch norm of images in NumPy against torch, forward and backward."""

import numpy as np
import torch
import torch.nn.functional as F

from tests.bench._timing import draw, in_turn, machine, program

torch.set_num_threads(2)
fast = program("batch_norm/channel_by_channel")
plain = program("batch_norm/spatial_batch_norm")["normalize"]

x, g = draw(32, 64, 56, 56), draw(32, 64, 56, 56)  # (N, C, H, W)
gamma, beta = draw(64), draw(1, 64)[0]  # (C,)
leaves = [torch.tensor(array, requires_grad=True) for array in (x, gamma, beta)]
y, *saved = fast["forward"](x, gamma, beta)
torch_y = F.batch_norm(leaves[0], None, None, *leaves[1:], training=True)
torch_g = torch.tensor(g)
assert np.abs(y - torch_y.detach().numpy()).max() < 1e-4


def torch_forward():
    with torch.no_grad():
        F.batch_norm(leaves[0], None, None, *leaves[1:], training=True)


def torch_backward():
    torch.autograd.grad(torch_y, leaves, torch_g, retain_graph=True)


seconds = in_turn(
    {
        "forward, torch": torch_forward,
        "forward, channel by channel": lambda: fast["forward"](x, gamma, beta),
        "forward, the formula": lambda: plain(x, (0, 2, 3)),
        "backward, torch": torch_backward,
        "backward, channel by channel": lambda: fast["backward"](g, x, gamma, *saved),
    }
)
sizes = f"{x.nbytes / 1e6:.1f} MB, a channel {x[:, 0].nbytes / 1e6:.1f} MB"
print(f"x {x.shape}, {x.dtype}, {sizes}; median of 15 rounds")
for name, taken in seconds.items():
    base = seconds[name.partition(",")[0] + ", torch"]
    print(f"{name:<30}{taken * 1e3:6.1f} ms  {taken / base:5.2f} times torch")
print(machine())
