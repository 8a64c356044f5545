"""Clipping by norm and by value, compared with torch, and what each does to a step."""

import torch
from torch.nn.utils import clip_grad_norm_, clip_grad_value_


def clip_by_norm(gradients, limit):
    """Return the gradients, all times the same factor, and their joint norm before.

    gradients: tensors of any shapes; the factor is limit / (norm + 1e-6), at most 1.
    No gradients, or a limit below 0: ValueError. Source: Pascanu et al. 2013 (arXiv
    1211.5063), algorithm 1; the 1e-6 is torch's.
    """
    if not gradients or limit < 0:
        raise ValueError(f"{len(gradients)} gradients, limit {limit}")
    norm = sum((g * g).sum() for g in gradients) ** 0.5
    return [g * min(1.0, limit / (norm.item() + 1e-6)) for g in gradients], norm


def clip_by_value(gradients, limit):
    """Return the gradients with each component cut to [-limit, limit]."""
    return [g.clamp(-limit, limit) for g in gradients]


def parameters(gradients):
    """Return parameters that have these gradients."""
    found = [torch.zeros_like(g, requires_grad=True) for g in gradients]
    for parameter, g in zip(found, gradients, strict=True):
        parameter.grad = g.clone()
    return found


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
wrong = 0
for _ in range(2000):
    shapes = torch.randint(1, 4, (2, 2)).tolist()
    gradients = [10 ** torch.randn(()) * torch.randn(s) for s in shapes]
    limit, theirs = 10 ** torch.randn(()).item(), parameters(gradients)
    ours, norm = clip_by_norm(gradients, limit)
    right = torch.allclose(clip_grad_norm_(theirs, limit), norm)
    right &= all(torch.allclose(a, b.grad) for a, b in zip(ours, theirs, strict=True))
    theirs = parameters(gradients)
    clip_grad_value_(theirs, limit)
    ours = clip_by_value(gradients, limit)
    right &= all(torch.equal(a, b.grad) for a, b in zip(ours, theirs, strict=True))
    wrong += not right
print(f"2000 random sets of gradients against torch: {wrong} differ")

g = torch.tensor([3.0, 0.5, -0.2])  # (D,)
for name, (clipped,) in {
    "as it is": [g],
    "norm 1": clip_by_norm([g], 1.0)[0],
    "value 1": clip_by_value([g], 1.0),
}.items():
    turned = torch.rad2deg(torch.acos(torch.cosine_similarity(g, clipped, dim=0)))
    row = " ".join(f"{v:6.2f}" for v in clipped.tolist())
    print(f"{name:<9}{row}   norm {clipped.norm():.2f}, turned by {turned:.0f} degrees")
