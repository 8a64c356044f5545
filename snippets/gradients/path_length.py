"""The longest path counts, not the number of layers; skip connections shorten it."""

import torch

WIDTH = 64


def ratio(depth, branches=1, skip=False):
    """Return the input's gradient over the output's, with torch's scale of weights."""
    torch.manual_seed(0)
    start = h = torch.randn(16, WIDTH, requires_grad=True)  # (N, D)
    for _ in range(depth):
        weights = torch.randn(branches, WIDTH, WIDTH) / (3 * WIDTH) ** 0.5  # (B, D, D)
        sum_of_all = torch.relu(h @ weights).sum(dim=0)  # (N, D)
        h = h + sum_of_all / depth**0.5 if skip else sum_of_all / branches**0.5
    last = torch.randn(h.shape)  # (N, D)
    (g,) = torch.autograd.grad(h, start, last)
    return (g.norm() / last.norm()).item()


torch.set_default_dtype(torch.float64)
print("layers  longest path  shape                       gradient")
for depth, branches, skip, name in (
    (10, 1, False, "one behind the other"),
    (10, 4, False, "4 branches in each of 10"),
    (40, 1, False, "one behind the other"),
    (40, 1, True, "each with a skip"),
    (400, 1, True, "each with a skip"),
):
    size = ratio(depth, branches, skip)
    print(f"{depth * branches:6}{depth:14}  {name:<28}{size:8.0e}")
