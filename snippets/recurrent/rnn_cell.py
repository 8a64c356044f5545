"""A recurrent layer by hand: a loop that carries a state, compared with torch."""

import torch
from torch import nn


def rnn(x, h, w_ih, w_hh, b, f=torch.tanh):
    """Return the state after each step: (N, L, H).

    x: (N, L, D) inputs; h: (N, H) state before the first of them; w_ih: (H, D);
    w_hh: (H, H); b: (H,); f: activation. Other shapes: ValueError.
    Source: Elman 1990; torch.nn.RNN, which splits b into bias_ih + bias_hh.
    """
    (N, L, D), H = x.shape, len(b)
    shapes = [tuple(a.shape) for a in (h, w_ih, w_hh, b)]
    if shapes != [(N, H), (H, D), (H, H), (H,)]:
        raise ValueError(f"x is {tuple(x.shape)}, but h, w_ih, w_hh, b are {shapes}")
    states = []
    for t in range(L):
        h = f(x[:, t] @ w_ih.T + h @ w_hh.T + b)  # (N, H)
        states.append(h)
    return torch.stack(states, dim=1)  # (N, L, H)


torch.set_default_dtype(torch.float64)
pulse = torch.tensor([1.0, 0, 0, 0, 0, 0]).reshape(1, 6, 1)  # (N, L, D)
print("input                    1     0     0     0     0     0")
for weight in (0.0, 0.5, 0.9):
    one = torch.ones(1, 1)
    states = rnn(pulse, 0 * one, one, weight * one, torch.zeros(1))  # (1, L, 1)
    row = "".join(f"{state:6.2f}" for state in states.flatten().tolist())
    print(f"state, if w_hh = {weight} {row}")

torch.manual_seed(0)
x, start = torch.randn(4, 7, 3), torch.randn(4, 5)  # (N, L, D), (N, H)
for name, f in {"tanh": torch.tanh, "relu": torch.relu}.items():
    layer = nn.RNN(3, 5, nonlinearity=name, batch_first=True)
    w_ih, w_hh, b_ih, b_hh = layer.parameters()
    theirs, last = layer(x, start[None])  # (N, L, H), (1, N, H)
    off = (rnn(x, start, w_ih, w_hh, b_ih + b_hh, f) - theirs).abs().max()
    print(f"{name}: by hand against nn.RNN, off by {off:.12f}")

y = nn.Linear(5, 2)(theirs)  # (N, L, outputs): the same readout at every step
print(f"x {tuple(x.shape)} -> states {tuple(theirs.shape)} -> y {tuple(y.shape)}")
