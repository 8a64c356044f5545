"""One step of an LSTM by hand, compared with torch, and the size of its matrix."""

import torch
from torch import nn


def lstm_cell(x, h, c, w_ih, w_hh, b):
    """Return the next h and c: (N, H) each.

    x: (N, D); h, c: (N, H); w_ih: (4 H, D); w_hh: (4 H, H); b: (4 H,), blocks of H
    rows in torch's order: input gate, forget gate, candidate, output gate. Other
    shapes: ValueError. Source: torch.nn.LSTMCell; Gers, Schmidhuber and Cummins 2000.
    """
    (N, D), H = x.shape, c.shape[-1]
    shapes = [tuple(a.shape) for a in (h, c, w_ih, w_hh, b)]
    if shapes != [(N, H), (N, H), (4 * H, D), (4 * H, H), (4 * H,)]:
        raise ValueError(f"x is {tuple(x.shape)}, but h, c, w_ih, w_hh, b are {shapes}")
    i, f, g, o = (x @ w_ih.T + h @ w_hh.T + b).chunk(4, dim=1)  # (N, H) each
    c = f.sigmoid() * c + i.sigmoid() * g.tanh()  # (N, H): keep some, add some
    return o.sigmoid() * c.tanh(), c  # what is shown of it, and the cell itself


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
N, D, H = 2, 3, 7
cell = nn.LSTMCell(D, H)
x, h, c = torch.randn(N, D), torch.randn(N, H), torch.randn(N, H)
w_ih, w_hh, b_ih, b_hh = cell.parameters()
theirs = cell(x, (h, c))
ours = lstm_cell(x, h, c, w_ih, w_hh, b_ih + b_hh)
for name, a, b in zip(("h", "c"), ours, theirs):
    print(f"{name} by hand against nn.LSTMCell, off by {(a - b).abs().max():.12f}")
shown = torch.sigmoid((x @ w_ih.T + b_ih + h @ w_hh.T + b_hh)[:, 3 * H :]) * theirs[1]
print(f"o * c in place of o * tanh(c):  off by {(shown - theirs[0]).abs().max():.2f}")
sizes = [tuple(weight.shape) for weight in cell.parameters()]
print("w_ih {}, w_hh {}, b_ih {}, b_hh {}".format(*sizes))

wrong = 0
for _ in range(2000):
    D, H = torch.randint(1, 300, (2,)).tolist()
    numbers = sum(w.numel() for w in nn.LSTMCell(D, H, device="meta").parameters())
    wrong += numbers != 4 * H * (D + H) + 2 * 4 * H
print(f"4 H (D + H) weights and 8 H biases: 2000 sizes, {wrong} differ")
for D, H in ((3, 7), (7, 7)):
    print(
        f"D = {D}, H = {H}: 4 H x (D + H) = {4 * H * (D + H)}, 4 H x 2 H = {8 * H * H}"
    )
