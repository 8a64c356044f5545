"""Eleven activations: value and derivative by formula, compared with torch."""

import math

import matplotlib.pyplot as plt
import torch
from torch import exp, expm1, nn, tanh, where
from torch import sigmoid as s
from torch.special import ndtr as cdf  # of the standard normal distribution

torch.set_default_dtype(torch.float64)
PEAK = 1 / math.sqrt(2 * math.pi)  # of the normal density
PIECES = torch.tensor([[-0.5, -1.27], [0.0, -0.5], [1.0, 0.04]])  # slope, shift: (k, 2)


def softplus(x):
    return x.clamp(min=0) + torch.log1p(exp(-x.abs()))  # never exp of a large number


def mish_slope(x):
    t = tanh(softplus(x))
    return t + x * (1 - t**2) * s(x)


def pieces(x):
    return x[..., None] * PIECES[:, 0] + PIECES[:, 1]  # (..., k)


ZOO = {  # value and derivative, elementwise
    "sigmoid": (lambda x: 1 / (1 + exp(-x)), lambda x: s(x) * (1 - s(x))),
    "tanh": (lambda x: 2 * s(2 * x) - 1, lambda x: 1 - tanh(x) ** 2),
    "ReLU": (lambda x: where(x > 0, x, 0), lambda x: where(x > 0, 1.0, 0)),
    "LeakyReLU": (lambda x: where(x > 0, x, x / 100), lambda x: where(x > 0, 1, 0.01)),
    "PReLU": (lambda x: where(x > 0, x, x / 4), lambda x: where(x > 0, 1, 0.25)),
    "ELU": (lambda x: where(x > 0, x, expm1(x)), lambda x: where(x > 0, 1, exp(x))),
    "Softplus": (softplus, s),
    "GELU": (lambda x: x * cdf(x), lambda x: cdf(x) + x * PEAK * exp(-x * x / 2)),
    "SiLU": (lambda x: x * s(x), lambda x: s(x) * (1 + x * s(-x))),
    "Mish": (lambda x: x * tanh(softplus(x)), mish_slope),
    "Maxout": (lambda x: pieces(x).amax(-1), lambda x: PIECES[pieces(x).argmax(-1), 0]),
}
OTHERS = {"sigmoid": s, "tanh": tanh, "Maxout": ZOO["Maxout"][0]}  # no Maxout in torch

x = torch.linspace(-5, 5, 101, requires_grad=True)  # (101,)
figure, axes = plt.subplots(3, 4, figsize=(7.4, 5.4), sharex=True, sharey=True)
print("            f(-2)   f(2)  f'(-2)  f'(2)   lowest, at  off from torch")
for (name, (value, slope)), ax in zip(ZOO.items(), axes.flat, strict=False):
    theirs = (OTHERS.get(name) or getattr(nn, name)())(x)  # (101,)
    (gradient,) = torch.autograd.grad(theirs.sum(), x)  # (101,)
    f, d = value(x).detach(), slope(x).detach()  # (101,)
    off = max((f - theirs).abs().max(), (d - gradient)[x != 0].abs().max())
    ends = "".join(f"{n:7.2f}" for n in (f[30], f[70], d[30], d[70], f.min()))
    print(f"{name:<10}{ends}  {x[f.argmin()]:4.1f}  {off:14.12f}")
    ax.plot(x.detach()[::2], f[::2], "-", x.detach()[::2], d[::2], "--")
    ax.set(title=name, ylim=(-1.3, 2.6))
axes[2, 3].axis("off")
axes[2, 3].legend(axes[0, 0].lines, ["value", "derivative"], loc="center")
figure.supxlabel("pre-activation")
plt.show()
