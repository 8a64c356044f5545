"""In float16 a norm written out overflows; torch's own compute in float32 inside."""

import torch
import torch.nn.functional as F
from torch import nn


def by_hand(x, shape, eps=1e-6):
    """Return RMSNorm of x (N, D), each step in the precision of x."""
    return x / torch.sqrt(x.square().mean(-1, keepdim=True) + eps)


def groups(x, shape):
    """Return group norm of x (N, D) with four groups."""
    return F.group_norm(x, 4)


torch.manual_seed(0)
D = 64
x = 300 * torch.randn(4, D)  # (N, D)  squares beyond 65,504, the largest float16
for norm in (by_hand, F.rms_norm, F.layer_norm, groups):
    exact = norm(x.double(), (D,))  # (N, D)
    offs = [
        f"{dtype} {(norm(x.to(dtype), (D,)) - exact).abs().max():.2f}"
        for dtype in (torch.float32, torch.bfloat16, torch.float16)
    ]
    print(f"{norm.__name__:<11} off by: {', '.join(offs)}")

linear, norm = nn.Linear(D, D), nn.LayerNorm(D)
with torch.autocast("cpu", dtype=torch.bfloat16):
    h = linear(x)  # (N, D)
    print(f"autocast on the CPU: linear {h.dtype}, its norm {norm(h).dtype}", end=", ")
    print(f"gamma {norm.weight.dtype}")
