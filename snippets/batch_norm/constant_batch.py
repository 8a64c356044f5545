"""A batch of equal examples: what batch norm returns, and what it does to gradients."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
bn = nn.BatchNorm1d(4, dtype=torch.float64)
nn.init.constant_(bn.bias, 0.25)

equal = torch.full((32, 4), 5.0, dtype=torch.float64)  # (N, D)
y = bn(equal)
print(f"mean {equal.mean():.1f}, variance {equal.var():.1f}", end=": ")
print(f"outputs from {y.min():.2f} to {y.max():.2f}, and beta is 0.25")
print(f"without eps: {((equal - equal.mean(0)) / equal.std(0))[0, 0]}")

for spread in (1.0, 1e-2, 1e-4):
    x = 5 + spread * torch.randn(32, 4, dtype=torch.float64)  # (N, D)
    x.requires_grad_()
    dy = torch.randn(32, 4, dtype=torch.float64)
    bn(x).backward(dy)
    print(f"spread {spread:<6}: gradients grow {x.grad.norm() / dy.norm():.1f} times")

for shape in ((1, 4), (1, 4, 1, 1), (1, 4, 8, 8)):
    try:
        F.batch_norm(torch.randn(shape), None, None, training=True)
        print(f"{shape!s:<12}  works: {shape[2] * shape[3]} values a channel")
    except ValueError as error:
        print(f"{shape!s:<12}  {str(error).split(',')[0]}")
