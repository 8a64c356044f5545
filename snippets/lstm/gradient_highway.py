"""The way through the cell: a product of forget gates, with no matrix and no tanh."""

import matplotlib.pyplot as plt
import torch
from torch import nn

L, D, H = 100, 8, 64


def after_lag(kind, forget_bias=None):
    """Return |dh_L/dx_{L-k}| relative to k = 0, for lags k = 0, ..., L - 1: (L,)."""
    torch.manual_seed(0)
    layer = {"RNN": nn.RNN, "LSTM": nn.LSTM, "GRU": nn.GRU}[kind](D, H)
    if forget_bias is not None:
        with torch.no_grad():
            layer.bias_ih_l0[H : 2 * H] = forget_bias  # the second of four blocks
            layer.bias_hh_l0[H : 2 * H] = 0  # torch adds both
    x = torch.randn(L, 4, D, requires_grad=True)  # (L, N, D)
    states, _ = layer(x)  # (L, N, H)
    (gradient,) = torch.autograd.grad(states[-1].sum(), x)
    size = gradient.norm(dim=(1, 2)).flip(0)  # (L,), by lag
    return (size / size[0]).tolist()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
forget = torch.rand(20, 3, 5)  # (L, N, H), gates that depend on nothing
c = first = torch.randn(3, 5, requires_grad=True)  # (N, H)
for f in forget:
    c = f * c + torch.randn(3, 5).tanh()
(direct,) = torch.autograd.grad(c.sum(), first)
off = (direct - forget.prod(dim=0)).abs().max()
print(f"20 steps, gradient through the cell against the product of f: {off:.12f}")

print("network               lag 10    lag 50    lag 99")
for name, *choice in [
    ("tanh RNN", "RNN"),
    ("GRU", "GRU"),
    ("LSTM, as it starts", "LSTM"),
    ("LSTM, bias 1", "LSTM", 1.0),
    ("LSTM, bias 3", "LSTM", 3.0),
    ("LSTM, bias 5", "LSTM", 5.0),
]:
    size = after_lag(*choice)
    print(f"{name:<18}{size[10]:10.0e}{size[50]:10.0e}{size[99]:10.0e}")
    plt.semilogy(size, label=name)
plt.xlabel("steps back from the last")
plt.ylabel("size of the gradient")
plt.ylim(1e-16, 1e2)
plt.legend()
plt.show()
