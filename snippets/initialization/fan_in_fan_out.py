"""torch.nn.init takes a matrix for (out, in): what one made as (in, out) would get."""

import math

import torch
from torch import nn
from torch.nn.init import _calculate_fan_in_and_fan_out as torchs_fans


def fans(shape):
    """Return (fan_in, fan_out) as torch.nn.init reads them off a weight's shape.

    shape: (out, in, *kernel); both count the positions of the kernel. Fewer than two
    dimensions: ValueError. Source: the note at torch.nn.init.kaiming_uniform_.
    """
    if len(shape) < 2:
        raise ValueError(f"a weight of shape {tuple(shape)} has no fans")
    kernel = math.prod(shape[2:])
    return shape[1] * kernel, shape[0] * kernel


def funnel(layout, mode):
    """Return the first deviation, and by what ReLU layers multiply mean squares.

    From 768 to 96 units: last over first pre-activation, first over last gradient.
    layout: "h @ w.T", where w is (out, in); "h @ w", where it is (in, out); or
    "h @ w, init w.T", where that is handed over transposed.
    """
    h, pre, std = torch.randn(32, 768), [], []  # h: (N, D)
    for n in (768, 384, 192):
        w = torch.empty((n // 2, n) if layout == "h @ w.T" else (n, n // 2))
        given = w.T if layout == "h @ w, init w.T" else w
        nn.init.kaiming_normal_(given, mode=mode, nonlinearity="relu")
        std.append(w.std().item())
        pre.append(h @ w.T if layout == "h @ w.T" else h @ w)  # (N, n // 2)
        pre[-1].requires_grad_().retain_grad()
        h = pre[-1].relu()
    pre[-1].backward(torch.randn(32, 96))
    up = pre[-1].square().mean() / pre[0].square().mean()
    down = pre[0].grad.square().mean() / pre[-1].grad.square().mean()
    return std[0], up.item(), down.item()


shapes = [torch.randint(1, 9, (2 + n % 4,)).tolist() for n in range(2_000)]
wrong = sum(fans(s) != torchs_fans(torch.empty(s, device="meta")) for s in shapes)
print(f"of 2,000 shapes, {wrong} have other fans in torch")
torch.set_default_dtype(torch.float64)
print("use of w          mode     deviation   activations x   gradients x")
for layout in ("h @ w.T", "h @ w", "h @ w, init w.T"):
    for mode in ("fan_in", "fan_out"):
        torch.manual_seed(0)
        runs = torch.tensor([funnel(layout, mode) for _ in range(10)])  # (10, 3)
        std, up, down = runs.mean(0)
        print(f"{layout:<18}{mode:<9}{std:9.3f}{up:16.2f}{down:14.2f}")
