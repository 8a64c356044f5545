"""Forward, a layer wants 1 / fan_in as its weights' variance; backward, 1 / fan_out."""

import torch
from torch import nn


def xavier_std(fan_in, fan_out, gain=1.0):
    """Return the deviation of weights that compromise between two fans.

    The variance is the harmonic mean of 1 / fan_in and 1 / fan_out, times gain^2. A fan
    below 1: ValueError. Source: Glorot and Bengio 2010, equation 12.
    """
    if min(fan_in, fan_out) < 1:
        raise ValueError(f"expected fans of 1 or more, got {fan_in} and {fan_out}")
    return gain * (2 / (fan_in + fan_out)) ** 0.5


def uniform_bound(std):
    """Return b for which U(-b, b) has this deviation: its variance is b^2 / 3."""
    return std * 3**0.5


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
print("mean square is multiplied by      deviation   forward   backward")
for fan_in, fan_out in ((600, 200), (400, 400)):
    for name, std in (
        ("1 / sqrt(fan_in)", fan_in**-0.5),
        ("1 / sqrt(fan_out)", fan_out**-0.5),
        ("Xavier", xavier_std(fan_in, fan_out)),
    ):
        weight = std * torch.randn(fan_out, fan_in)  # (out, in)
        x, dy = torch.randn(90, fan_in), torch.randn(90, fan_out)  # (N, in), (N, out)
        forward = (x @ weight.T).square().mean()
        backward = (dy @ weight).square().mean()
        row = f"{std:12.3f}{forward:10.1f}{backward:11.1f}"
        print(f"{fan_in} to {fan_out}: {name:<18}{row}")

wrong = 0
for seed in range(2_000):
    n, m = torch.randint(1, 40, (2,)).tolist()
    gain = 0.5 + seed % 5
    std = xavier_std(m, n, gain)
    bound = uniform_bound(std)
    theirs, ours = torch.empty(2, n, m), torch.empty(2, n, m)  # (2, out, in) each
    a, b = (torch.Generator().manual_seed(seed) for _ in range(2))
    nn.init.xavier_uniform_(theirs[0], gain, a)
    nn.init.xavier_normal_(theirs[1], gain, a)
    ours[0].uniform_(-bound, bound, generator=b)
    ours[1].normal_(0, std, generator=b)
    wrong += not torch.allclose(ours, theirs, rtol=1e-12, atol=0)
print(f"of 2,000 random matrices, {wrong} differ from torch's, seed for seed")
