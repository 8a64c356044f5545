"""Sigmoid layers: pre-activations should start near zero, and weights should not."""

import torch

WIDTH, DEPTH = 256, 8


def look(std):
    """Return three measures of sigmoid layers with normal weights of this deviation.

    The deviation of the fourth layer's pre-activations; that of an output between
    examples; and the first weights' gradient over the last ones', as norms.
    """
    torch.manual_seed(0)
    h, pre, weights = torch.randn(100, WIDTH), [], []  # h: (N, D)
    for _ in range(DEPTH):
        weights.append((std * torch.randn(WIDTH, WIDTH)).requires_grad_())  # (D, D)
        pre.append(h @ weights[-1].T)  # (N, D)
        h = torch.sigmoid(pre[-1])  # (N, D)
    h.backward(torch.randn(100, WIDTH))
    ratio = weights[0].grad.norm() / weights[-1].grad.norm()
    return pre[3].std(), h.std(0).mean(), ratio


torch.set_default_dtype(torch.float64)
xavier = WIDTH**-0.5  # both fans are WIDTH
print("deviation of: weights   pre-activations   outputs   gradient, first / last")
for name, std in (
    ("tiny", 0.01),
    ("Xavier", xavier),
    ("Xavier, gain 4", 4 * xavier),
):
    z, spread, ratio = look(std)
    print(f"{name:<15}{std:6.3f}{z:18.2f}{spread:10.0e}{ratio:25.0e}")
