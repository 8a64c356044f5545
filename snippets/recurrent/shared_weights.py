"""One set of weights for all steps: their gradient is the sum over the steps."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
layer = nn.RNN(3, 5, batch_first=True)
w_ih, w_hh, b_ih, b_hh = layer.parameters()

x = torch.randn(2, 4, 3)  # (N, L, D)
states, last = layer(x)  # (N, L, H), (1, N, H)
(shared,) = torch.autograd.grad(last.square().sum(), w_hh)  # (H, H)

copies = [w_hh.detach().clone().requires_grad_() for _ in range(4)]  # one per step
h = torch.zeros(2, 5)  # (N, H)
for t, copy in enumerate(copies):
    h = torch.tanh(x[:, t] @ w_ih.T + b_ih + h @ copy.T + b_hh)  # (N, H)
own = torch.autograd.grad(h.square().sum(), copies)  # 4 times (H, H)

print("step   norm of the gradient of its own copy of W_hh")
for t, gradient in enumerate(own, start=1):
    print(f"{t:4d} {gradient.norm():8.3f}")
off = (sum(own) - shared).abs().max()
print(f"the four added, against the gradient of one W_hh: off by {off:.12f}")

print("\nsteps   recurrent layer   dense layer from all inputs to all states")
for L in (4, 20, 100):
    recurrent = sum(weight.numel() for weight in layer.parameters())
    dense = sum(w.numel() for w in nn.Linear(3 * L, 5 * L).parameters())
    print(f"{L:5d}{recurrent:18d}{dense:16d}")
