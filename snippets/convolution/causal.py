"""A causal convolution pads on one side only, so that no output sees the future."""

import torch
import torch.nn.functional as F


def causal_conv1d(x, weight, dilation=1):
    """Return the convolution of x (N, C, L) that looks back only, (N, C_out, L).

    weight: (C_out, C, k); its last tap falls on the present. Source: van den Oord
    et al. 2016 (arXiv 1609.03499), section 2.1.
    """
    past = dilation * (weight.shape[2] - 1)
    return F.conv1d(F.pad(x, (past, 0)), weight, dilation=dilation)


def reads(layer, t=5, length=10):
    """Return a row with an x for each input that output t depends on."""
    x = torch.zeros(1, 1, length, requires_grad=True)  # (N, C, L)
    (grad,) = torch.autograd.grad(layer(x)[0, 0, t], x)
    return "".join("x" if g else "." for g in grad[0, 0].tolist())


weight = torch.ones(1, 1, 3)  # (C_out, C, k)
print("input      0123456789, output 5 depends on")
print(f"'same'     {reads(lambda x: F.conv1d(x, weight, padding='same'))}")
print(f"causal     {reads(lambda x: causal_conv1d(x, weight))}")
print(f"dilation 2 {reads(lambda x: causal_conv1d(x, weight, 2))}")
print(
    f"both       {reads(lambda x: causal_conv1d(causal_conv1d(x, weight), weight, 2))}"
)

torch.manual_seed(0)
x = torch.randn(2, 3, 12, dtype=torch.float64)  # (N, C, L)
weight = torch.randn(4, 3, 5, dtype=torch.float64)  # (C_out, C, k)
whole = causal_conv1d(x, weight, 2)  # (N, C_out, L)
growing = [causal_conv1d(x[:, :, : t + 1], weight, 2)[:, :, -1] for t in range(12)]
off = (whole - torch.stack(growing, 2)).abs().max()
print(f"one value at a time, as it arrives: off by {off:.12f}")
