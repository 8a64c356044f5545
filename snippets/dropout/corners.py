"""The ends of the range of p: 0, 1, and what torch refuses."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
x = torch.tensor([1.0, -2.0, 3.0], requires_grad=True)  # (D,)

for p_drop in (0.0, 1.0):
    y = F.dropout(x, p_drop)  # (D,)
    (dx,) = torch.autograd.grad(y.sum(), x)  # (D,)
    print(f"p_drop {p_drop}: {(y + 0.0).tolist()}  gradient {dx.tolist()}")
print(f"by hand at 1: {(x.detach() * 0 / (1 - 1.0)).tolist()}")

for p_drop in (-0.1, 1.1, float("nan")):
    for name, use in (("nn", nn.Dropout), ("F", lambda p: F.dropout(torch.ones(3), p))):
        try:
            use(p_drop)
            print(f"{name:<2}  p_drop {p_drop}: accepted")
        except (ValueError, RuntimeError) as error:
            print(f"{name:<2}  p_drop {p_drop}: {type(error).__name__}")

infinite = torch.full((1000,), float("inf"))  # (D,)
y = F.dropout(infinite, 0.5)  # (D,)
nan, inf = y.isnan().double().mean(), y.isinf().double().mean()
print(f"an infinite input, p_drop 0.5: {nan:.1f} of it nan, {inf:.1f} inf")
