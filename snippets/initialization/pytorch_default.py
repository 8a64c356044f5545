"""What PyTorch's layers draw by themselves: neither Xavier's weights nor Kaiming's."""

import torch
from torch import nn


def default_bound(weight):
    """Return b of U(-b, b), from which nn.Linear and nn.ConvNd draw weights and biases.

    weight: (out, in, *kernel); the deviation is b / sqrt(3), or 1 / sqrt(3 fan_in).
    No fan_in above 0: ValueError. Source: their method reset_parameters, in which it
    reads kaiming_uniform_(weight, a=sqrt(5)), with the gain sqrt(2 / (1 + 5)).
    """
    if weight.dim() < 2 or weight[0].numel() == 0:
        raise ValueError(f"no fan_in in a weight of shape {tuple(weight.shape)}")
    return weight[0].numel() ** -0.5


def redrawn(layer):
    """Draw weight and bias of a layer again, from the state of the generator."""
    bound = default_bound(layer.weight)
    return [torch.empty_like(p).uniform_(-bound, bound) for p in layer.parameters()]


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
wrong = 0
for n in range(2_000):
    a, b, k = n % 13 + 1, n % 11 + 1, n % 4 + 1
    state = torch.get_rng_state()
    layer = nn.Conv2d(a, b, k) if n % 2 else nn.Linear(9 * a, b)
    torch.set_rng_state(state)
    pairs = zip(redrawn(layer), layer.parameters(), strict=True)
    wrong += not all(torch.allclose(*pair, rtol=0, atol=1e-12) for pair in pairs)
print(f"of 2,000 layers, {wrong} differ from U(-b, b) with b = 1 / sqrt(fan_in)")

print("deviation             weight  1 / sqrt(3 fan_in)  Xavier  Kaiming    bias")
for name, layer in (
    ("Linear(1024, 256)", nn.Linear(1024, 256)),
    ("Linear(256, 1024)", nn.Linear(256, 1024)),
    ("Conv2d(64, 128, 3)", nn.Conv2d(64, 128, 3)),
):
    w = layer.weight
    fan_in, fan_out = w[0].numel(), w[:, 0].numel()
    xavier, kaiming = (2 / (fan_in + fan_out)) ** 0.5, (2 / fan_in) ** 0.5
    print(f"{name:<20}{w.std():8.3f}{default_bound(w) / 3**0.5:20.3f}", end="")
    print(f"{xavier:8.3f}{kaiming:9.3f}{layer.bias.std():8.3f}")
for name, p in (
    ("Embedding(1000, 256)", nn.Embedding(1000, 256).weight),
    ("LSTM(32, 256), input", nn.LSTM(32, 256).weight_ih_l0),
    ("MultiheadAttention(256)", nn.MultiheadAttention(256, 8).in_proj_weight),
):
    print(f"{name:<24} deviation {p.std():.3f}, largest {p.abs().max():.2f}")
