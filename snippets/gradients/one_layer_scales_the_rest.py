"""One layer's weights times ten: the gradients of all other layers grow ten times."""

import torch

SIZES = 7, 20, 30, 25, 15, 3


def gradients(factors):
    """Return the norm of each layer's gradient, its weights times these factors."""
    torch.manual_seed(0)
    h = torch.randn(40, SIZES[0])  # (N, D)
    weights = []
    for fan_in, fan_out, factor in zip(SIZES[:-1], SIZES[1:], factors, strict=True):
        w = factor * (2 / fan_in) ** 0.5 * torch.randn(fan_out, fan_in)  # (out, in)
        weights.append(w.requires_grad_())
        h = h @ w.T if len(weights) == 5 else torch.relu(h @ w.T)  # (N, fan_out)
    loss = (h * torch.randn(h.shape)).sum()  # its slope does not depend on h
    return torch.stack([g.norm() for g in torch.autograd.grad(loss, weights)])


torch.set_default_dtype(torch.float64)
base = gradients([1, 1, 1, 1, 1])
for name, factors in {
    "layer 3 x 10": [1, 1, 10, 1, 1],
    "layer 3 x 0.1": [1, 1, 0.1, 1, 1],
    "all x 1.5": [1.5] * 5,
    "all x 0.5": [0.5] * 5,
}.items():
    ratios = gradients(factors) / base
    print(f"{name:<15}gradients x" + "".join(f"{r:8.2f}" for r in ratios))
