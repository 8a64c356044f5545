"""One step of a GRU by hand, compared with torch; and the version of the paper."""

import torch
from torch import nn


def gru_cell(x, h, w_ih, w_hh, b_ih, b_hh, reset_after=True):
    """Return the next state: (N, H).

    x: (N, D); h: (N, H); w_ih: (3 H, D); w_hh: (3 H, H); b_ih, b_hh: (3 H,), blocks:
    reset, update, candidate. Other shapes: ValueError. reset_after: multiply by the
    reset gate after the matrix (torch.nn.GRUCell), else before (Cho et al. 2014).
    """
    (N, D), H = x.shape, h.shape[-1]
    shapes = [tuple(a.shape) for a in (h, w_ih, w_hh, b_ih, b_hh)]
    if shapes != [(N, H), (3 * H, D), (3 * H, H), (3 * H,), (3 * H,)]:
        raise ValueError(f"x is {tuple(x.shape)}; h, weights and biases are {shapes}")
    r_x, z_x, n_x = (x @ w_ih.T + b_ih).chunk(3, dim=1)  # (N, H) each
    r_h, z_h, n_h = (h @ w_hh.T + b_hh).chunk(3, dim=1)  # (N, H) each
    r, z = torch.sigmoid(r_x + r_h), torch.sigmoid(z_x + z_h)
    n_reset = (r * h) @ w_hh[2 * H :].T + b_hh[2 * H :]  # (N, H)
    past = r * n_h if reset_after else n_reset
    n = torch.tanh(n_x + past)  # (N, H), the candidate
    return (1 - z) * n + z * h  # z = 1 keeps the state


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
cell = nn.GRUCell(3, 5)
x, h = torch.randn(2, 3), torch.randn(2, 5)  # (N, D), (N, H)
theirs = cell(x, h)
for reset_after in (True, False):
    off = (gru_cell(x, h, *cell.parameters(), reset_after) - theirs).abs().max()
    print(f"reset_after={reset_after}: off from nn.GRUCell by {off:.4f}")
cell.bias_ih.data[5:10] = 100  # the update gate, wide open
kept = (cell(x, h) - h).abs().max()
print(f"update gate at 1: the state moves by {kept:.4f}")

print("\nparameters, D = 3, H = 5")
for kind in (nn.RNN, nn.GRU, nn.LSTM):
    print(f"{kind.__name__:<5}{sum(w.numel() for w in kind(3, 5).parameters()):5d}")
