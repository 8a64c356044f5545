"""The best rate of one task, by optimizer, data, batch, width, steps and schedule."""

from fractions import Fraction

import torch
from torch.nn.functional import binary_cross_entropy_with_logits as bce

RATES = 2.0 ** torch.arange(-9, 3, dtype=torch.float64)  # (R,): 1/512 to 4


def data(count, seed):
    """Return x (N, D) and y (N,): classes drawn with a chance that depends on x."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(count, 16, generator=generator)  # (N, D)
    score = 3 * x[:, 0] + 2 * x[:, 1] * x[:, 2]  # (N,)
    return x, (torch.rand(count, generator=generator) < score.sigmoid()).double()


def losses(x, y, w, v):
    """Return the losses (R,) of R networks with weights w (R, D, H) and v (R, H, 1)."""
    scores = (torch.tanh(x @ w) @ v)[:, :, 0]  # (R, N)
    return bce(scores, y.expand_as(scores), reduction="none").mean(dim=1)


def step_of(optimizer, g, m, s, n):
    """Return the n-th step for gradient g at rate 1, and keep the averages m and s."""
    m.mul_(0.9).add_(0.1 * g)
    s.mul_(0.999).add_(0.001 * g * g)
    if optimizer == "Adam":
        return m / (1 - 0.9**n) / ((s / (1 - 0.999**n)).sqrt() + 1e-8)
    return 10 * m if optimizer == "momentum" else g


def sweep(optimizer="SGD", examples=2048, batch=32, width=32, steps=256, fall=False):
    """Return for each rate the loss on new examples: (R,)."""
    torch.manual_seed(0)
    x, y = data(examples, seed=0)
    weights = [torch.randn(1, n, k) * n**-0.5 for n, k in ((16, width), (width, 1))]
    weights = [w.repeat(len(RATES), 1, 1).requires_grad_() for w in weights]
    averages = [[torch.zeros_like(w), torch.zeros_like(w)] for w in weights]
    for n in range(steps):
        part = torch.arange(batch * n, batch * (n + 1)) % examples  # (B,)
        slopes = torch.autograd.grad(losses(x[part], y[part], *weights).sum(), weights)
        rates = RATES[:, None, None] * (1 - n / steps if fall else 1)  # (R, 1, 1)
        with torch.no_grad():
            for w, g, (m, s) in zip(weights, slopes, averages, strict=True):
                w -= rates * step_of(optimizer, g, m, s, n + 1)
    return losses(*data(2048, seed=1), *weights).tolist()


torch.set_default_dtype(torch.float64)
settings = {}, {"optimizer": "momentum"}, {"optimizer": "Adam"}, {"examples": 64}
settings += {"batch": 4}, {"batch": 256}, {"width": 4}, {"width": 128}
settings += {"steps": 64}, {"steps": 1024}, {"fall": True}
print("256 steps of SGD, but  best rate  loss   loss at 1/16")
for setting in settings:
    name = " ".join(f"{key} {value}" for key, value in setting.items())
    loss, rate = min(zip(row := sweep(**setting), RATES.tolist(), strict=True))
    print(f"{name or 'as it is':<24}{Fraction(rate)!s:>8}{loss:6.2f}{row[5]:15.2f}")
