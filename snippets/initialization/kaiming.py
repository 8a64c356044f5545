"""ReLU halves the mean square, not the variance: this is the 2 of Kaiming's rule."""

import torch
from torch import nn


def kaiming_std(fan_in, fan_out, gain=2**0.5, mode="fan_in"):
    """Return the deviation of weights that keeps a mean square through an activation.

    gain: sqrt(2) for ReLU, sqrt(2 / (1 + slope^2)) for leaky ReLU. mode: "fan_in" keeps
    activations on the way up, "fan_out" gradients on the way down. Another mode, or a
    fan below 1: ValueError. Source: He et al. 2015 (arXiv 1502.01852), section 2.2.
    """
    fan = {"fan_in": fan_in, "fan_out": fan_out}.get(mode.lower())
    if fan is None or fan < 1:
        raise ValueError(f"no {mode} of 1 or more among {fan_in} and {fan_out}")
    return gain / fan**0.5


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
z = 3 * torch.randn(1_000_000)  # (N,): mean 0, variance 9
print("of z, mean 0, variance 9      mean square / 9  variance / 9  mean / 3")
for slope in (0.0, 0.2):
    h = nn.functional.leaky_relu(z, slope)  # (N,)
    square, variance, mean = h.square().mean() / 9, h.var() / 9, h.mean() / 3
    print(f"after ReLU, slope {slope}{square:25.2f}{variance:14.2f}{mean:10.2f}")

wrong = 0
for seed in range(2_000):
    n, m = torch.randint(1, 40, (2,)).tolist()
    slope, mode = seed % 7 / 4, ("fan_in", "fan_out")[seed % 2]
    std = kaiming_std(m, n, (2 / (1 + slope**2)) ** 0.5, mode)
    theirs, ours = torch.empty(2, n, m), torch.empty(2, n, m)  # (2, out, in) each
    a, b = (torch.Generator().manual_seed(seed) for _ in range(2))
    nn.init.kaiming_uniform_(theirs[0], slope, mode, generator=a)
    nn.init.kaiming_normal_(theirs[1], slope, mode, generator=a)
    ours[0].uniform_(-std * 3**0.5, std * 3**0.5, generator=b)
    ours[1].normal_(0, std, generator=b)
    wrong += not torch.allclose(ours, theirs, rtol=1e-12, atol=0)
print(f"of 2,000 random matrices, {wrong} differ from torch's, seed for seed")

try:
    nn.init.kaiming_normal_(theirs[0], model="fan_in")
except TypeError as error:
    print(f"the word is mode: {error}")
