"""What gates do: three shares between 0 and 1, and a candidate with a sign."""

import torch
from torch import nn


def step(c, i, f, g, o):
    """Return cell and state: c = f c + i g, h = o tanh(c)."""
    c = f * c + i * g
    return c, o * torch.tanh(c)


cell = torch.tensor(0.5)
print("what                     i    f     g    o       c      h")
for name, *gates in [
    ("keep, show nothing", 0, 1, 0.9, 0),
    ("keep and show", 0, 1, 0.9, 1),
    ("forget", 0, 0, 0.9, 1),
    ("overwrite", 1, 0, -0.9, 1),
    ("add", 1, 1, 0.9, 1),
    ("half of everything", 0.5, 0.5, 0.9, 0.5),
]:
    i, f, g, o = gates
    c, h = step(cell, *gates)
    row = f"{i:5.1f}{f:5.1f}{g:6.1f}{o:5.1f}{c.item():8.2f}{h.item():7.2f}"
    print(f"{name:<21}{row}")

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
layer, x = nn.LSTM(8, 64), torch.randn(100, 32, 8)  # (L, N, D)
with torch.no_grad():
    h, _ = layer(x)  # (L, N, H)
    before = torch.cat([torch.zeros(1, 32, 64), h[:-1]])  # (L, N, H)
    rows = x @ layer.weight_ih_l0.T + layer.bias_ih_l0
    rows = rows + before @ layer.weight_hh_l0.T + layer.bias_hh_l0  # (L, N, 4 H)
i, f, g, o = rows.chunk(4, dim=2)
print("\nat torch's start       smallest  mean  largest   between 0.1 and 0.9")
for name, gate in {"input": i, "forget": f, "output": o}.items():
    gate = gate.sigmoid()
    soft = ((gate > 0.1) & (gate < 0.9)).double().mean().item()
    low, middle, high = gate.min(), gate.mean(), gate.max()
    print(f"{name + ' gate':<22}{low:9.2f}{middle:6.2f}{high:9.2f}{100 * soft:17.0f} %")
g = g.tanh()
print(f"{'candidate':<22}{g.min():9.2f}{g.mean():6.2f}{g.max():9.2f}")
