"""Backpropagation through time: by hand, and what is left of a gradient after a lag."""

import matplotlib.pyplot as plt
import torch
from torch import nn

L, H, WORDS = 50, 64, 20


def through_time(states, g, w_hh):
    """Return dL/dz (N, L, H), where z_t is what goes into the tanh of step t.

    states: (N, L, H), the h_t; g: (N, L, H), what reaches h_t other than by h_{t+1}.
    Source: Werbos 1990. With z_t = W_ih x_t + W_hh h_{t-1} + b, the gradients are
    sums over t: dL/dW_hh of dz_t h_{t-1}^T, dL/dW_ih of dz_t x_t^T, dL/db of dz_t.
    """
    if g.shape != states.shape:
        raise ValueError(f"states are {tuple(states.shape)}, g is {tuple(g.shape)}")
    dz, later = torch.zeros_like(states), torch.zeros_like(states[:, 0])
    for t in reversed(range(states.shape[1])):
        dz[:, t] = (1 - states[:, t] ** 2) * (g[:, t] + later)  # tanh' = 1 - tanh^2
        later = dz[:, t] @ w_hh  # (N, H), what h_t gave to h_{t-1}
    return dz


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
layer = nn.RNN(WORDS, H, batch_first=True)
words = torch.randint(WORDS, (8, L))  # (N, L)
one_hot = nn.functional.one_hot(words, WORDS).double()  # (N, L, D)
table = torch.randn(WORDS, WORDS)  # the embedding of each word
start = nn.init.orthogonal_(torch.empty(H, H))
print("          W_hh    gradient at the state k steps back, per unit at the last")
print("inputs  stretches     k = 1     k = 10     k = 49")
for scale in (0.7, 1.0, 1.4):
    for name, x in {"one-hot": one_hot, "vectors": one_hot @ table}.items():
        with torch.no_grad():
            layer.weight_hh_l0.copy_(scale * start)
        states = layer(x)[0]  # (N, L, H)
        g = torch.zeros_like(states)
        g[:, -1] = torch.randn(8, H)  # only the last step has a loss
        dz = through_time(states, g, layer.weight_hh_l0).detach()
        (theirs,) = torch.autograd.grad(states, layer.weight_hh_l0, g)
        ours = torch.einsum("nti,ntj->ij", dz[:, 1:], states[:, :-1])
        assert torch.allclose(ours, theirs)
        dh = torch.cat([dz[:, 1:] @ layer.weight_hh_l0, g[:, -1:]], dim=1)  # dL/dh
        size = (dh.norm(dim=(0, 2)) / dh[:, -1].norm()).flip(0).tolist()  # by lag
        print(f"{name:<12}{scale}{size[1]:12.2f}{size[10]:11.1e}{size[49]:11.1e}")
        line = "-" if name == "one-hot" else "--"
        plt.semilogy(size, line, label=f"{name}, {scale}")
plt.xlabel("steps back from the last")
plt.ylabel("size of the gradient")
plt.legend()
plt.show()
