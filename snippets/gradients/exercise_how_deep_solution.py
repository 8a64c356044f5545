"""A solution: after how many layers a gradient is a million times smaller or larger."""

import math

import torch


def depth(width, std):
    """Return after how many layers the gradient is 10^6 times smaller or larger.

    All layers are `width` wide, with ReLU and independent weights of mean 0 and this
    standard deviation.
    """
    factor = std * (width / 2) ** 0.5  # a layer: half of the units pass a gradient on
    return math.log(1e6) / abs(math.log(factor))


# The check
torch.manual_seed(0)
wrong = ""
for width, std in ((100, 0.05), (300, 0.1), (150, 0.2), (400, 0.04)):
    start = h = torch.randn(
        50, width, dtype=torch.float64, requires_grad=True
    )  # (N, D)
    for _ in range(10):
        w = std * torch.randn(width, width, dtype=torch.float64)  # (out, in)
        h = torch.relu(h @ w.T)  # (N, D)
    last = torch.randn(h.shape, dtype=torch.float64)  # (N, D)
    (g,) = torch.autograd.grad(h, start, last)
    measured = 10 * math.log(1e6) / abs((g.norm() / last.norm()).log().item())
    got = depth(width, std)
    if not isinstance(got, (int, float)) or abs(got / measured - 1) > 0.1:
        wrong = f"not yet: width {width}, deviation {std}: "
        wrong += f"expected about {measured:.0f} layers, got {got}"
        break
print(wrong or "right: four widths and deviations, within a tenth of what is measured")
