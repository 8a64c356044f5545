"""How the recurrent matrix starts: what reaches 200 steps back, and what explodes."""

import torch
from torch import nn

H, LENGTHS = 64, (10, 50, 200)


def start(kind, scale=1.0):
    """Return an RNN whose recurrent matrix is torch's, orthogonal or the identity."""
    torch.manual_seed(0)
    activation, matrix = kind.split()
    layer = nn.RNN(8, H, nonlinearity=activation, batch_first=True)
    if matrix == "torch's":
        return layer
    fill = {"identity": nn.init.eye_, "orthogonal": nn.init.orthogonal_}[matrix]
    with torch.no_grad():
        fill(layer.weight_hh_l0).mul_(scale)
        layer.weight_ih_l0.mul_(0.1)
        layer.bias_ih_l0.zero_()
        layer.bias_hh_l0.zero_()
    return layer


torch.set_default_dtype(torch.float64)
print("                       gradient of x_1 over that of x_L     size of")
print("start                   L = 10     L = 50    L = 200       h_200")
for kind, scale in [
    ("tanh torch's", 1),
    ("tanh orthogonal", 1),
    ("tanh identity", 1),
    ("relu torch's", 1),
    ("relu orthogonal", 1),
    ("relu identity", 1),
    ("relu identity", 1.1),
]:
    layer, ratios = start(kind, scale), []
    for length in LENGTHS:
        torch.manual_seed(1)
        x = torch.randn(4, length, 8, requires_grad=True)  # (N, L, D)
        states, last = layer(x)  # (N, L, H), (1, N, H)
        (g,) = torch.autograd.grad(last.sum(), x)  # (N, L, D)
        ratios.append((g[:, 0].norm() / g[:, -1].norm()).item())
    row = "".join(f"{ratio:11.0e}" for ratio in ratios)
    name = kind if scale == 1 else f"{kind}, {scale}"
    print(f"{name:<19}{row}{last.norm(dim=2).mean().item():13.0e}")
