"""Gated units: one linear map times an activation of another, at equal parameters."""

import torch
from torch import nn
from torch.nn import functional as F

GATES = {"GLU": torch.sigmoid, "ReGLU": F.relu, "GEGLU": F.gelu, "SwiGLU": F.silu}


class GatedFeedForward(nn.Module):
    """(gate(x V) * x W) U: (..., dim) to (..., dim). Source: Shazeer 2020, eq. 6."""

    def __init__(self, dim, hidden, gate):
        super().__init__()
        self.both = nn.Linear(
            dim, 2 * hidden, bias=False
        )  # W and V, one below the other
        self.out = nn.Linear(hidden, dim, bias=False)
        self.gate = gate

    def forward(self, x):
        values, gates = self.both(x).chunk(2, dim=-1)  # (..., hidden) each
        return self.out(values * self.gate(gates))


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x = torch.randn(7, 5, 12)  # (N, L, D)
layer = GatedFeedForward(12, 32, GATES["GLU"])
off = (layer(x) - layer.out(F.glu(layer.both(x)))).abs().max()
print(f"off from F.glu: {off:.12f}")
off = (F.silu(x) - x * torch.sigmoid(x)).abs().max()
print(f"SiLU off from x sigmoid(x): {off:.12f}\n")

dim = 768
plain = nn.Sequential(
    nn.Linear(dim, 4 * dim, bias=False), nn.GELU(), nn.Linear(4 * dim, dim, bias=False)
)
print("feed-forward part of a transformer    hidden   parameters")
size = sum(p.numel() for p in plain.parameters())
print(f"GELU, 4 x 768                         {4 * dim:6d}{size:13,}")
for name, hidden in (
    ("SwiGLU, the same width", 4 * dim),
    ("SwiGLU, two thirds of it", 8 * dim // 3),
):
    gated = GatedFeedForward(dim, hidden, GATES["SwiGLU"])
    size = sum(p.numel() for p in gated.parameters())
    print(f"{name:<38}{hidden:6d}{size:13,}")
