"""Clipping at the wrong moment: the step of SGD at rate 1, clipped at norm 1."""

import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_


def step(kind):
    """Return how far two weights move whose gradient is (30, 40), of norm 50."""
    w = nn.Parameter(torch.zeros(2))  # (D,)
    w.grad = torch.zeros(2)  # (D,)
    optimizer = torch.optim.SGD([w], lr=1.0)
    scale = 1024.0 if "scaled" in kind else 1.0  # as GradScaler does for float16
    parts = ([54.0, 40.0], [-24.0, 0.0]) if "part" in kind else ([30.0, 40.0],)
    if kind == "before backward()":
        clip_grad_norm_([w], 1.0)
    for part in parts:
        (scale * (w * torch.tensor(part)).sum()).backward()
        if kind in ("each of 2 parts", "scaled, not unscaled"):
            clip_grad_norm_([w], 1.0)
    w.grad /= scale
    if kind in ("right", "scaled, unscaled first", "the sum of 2 parts"):
        clip_grad_norm_([w], 1.0)
    optimizer.step()
    if kind == "after step()":
        clip_grad_norm_([w], 1.0)
    return w.tolist()


torch.set_default_dtype(torch.float64)
for kind in (
    "right",
    "before backward()",
    "after step()",
    "scaled, not unscaled",
    "scaled, unscaled first",
    "each of 2 parts",
    "the sum of 2 parts",
):
    first, second = step(kind)
    print(f"{kind:<24}({first:8.4f}, {second:8.4f})")

w = nn.Parameter(torch.zeros(3))  # (D,)
for bad in (float("inf"), float("nan")):
    w.grad = torch.tensor([1.0, bad, 2.0])
    norm = clip_grad_norm_([w], 1.0)
    print(f"with one {bad}: norm {norm:.0f}, clipped to {w.grad.tolist()}")
try:
    clip_grad_norm_([w], 1.0, error_if_nonfinite=True)
except RuntimeError as error:
    print(f"error_if_nonfinite: {str(error).split(',')[0]}")
