"""A stream in chunks: detach the state, and no gradient crosses from chunk to chunk."""

import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
layer, readout = nn.RNN(3, 8, batch_first=True), nn.Linear(8, 1)
x, y = torch.randn(2, 40, 3), torch.randn(2, 40, 1)  # (N, L, D), (N, L, 1)


def chunk_gradients(size, state_of):
    """Return the loss (a sum) and the gradient of W_hh over chunks of `size` steps."""
    total, gradient, state = 0, 0, None
    for first in range(0, 40, size):
        part = slice(first, first + size)
        states, state = layer(x[:, part], state)  # (N, size, H), (1, N, H)
        loss = (readout(states) - y[:, part]).square().sum()
        loss.backward()
        total, gradient = total + loss.item(), gradient + layer.weight_hh_l0.grad
        layer.zero_grad()
        state = state_of(state)
    return total, gradient


def angle(a, b):
    cosine = (a * b).sum() / (a.norm() * b.norm())
    return torch.rad2deg(cosine.acos()).item()


whole, truth = chunk_gradients(40, torch.detach)
print("chunks of   state         loss   gradient of W_hh, degrees from the whole one")
print(f"    40      carried    {whole:7.2f}      -")
for size in (10, 4, 1):
    for name, state_of in {"carried": torch.detach, "zeroed": torch.zeros_like}.items():
        loss, gradient = chunk_gradients(size, state_of)
        turned = f"{angle(gradient, truth):.0f}" if gradient.any() else "no gradient"
        print(f"    {size:2d}      {name:<9}{loss:9.2f}      {turned}")

try:
    chunk_gradients(10, lambda state: state)  # not detached
except RuntimeError as error:
    print("not detached:", str(error).split(" (")[0])
