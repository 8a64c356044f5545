"""A solution: clip the gradient of a weight relative to the size of that weight."""

import torch


def adaptive_clip(gradient, weight, ratio, smallest=0.001):
    """Return the gradient, shrunk where its norm exceeds ratio times the weight's norm.

    A weight with a norm below `smallest` counts as one of that norm, so that weights
    that start at 0 can learn.
    """
    allowed = ratio * weight.norm().clamp(min=smallest)
    return gradient * (allowed / gradient.norm().clamp(min=1e-12)).clamp(max=1)


# The check
torch.manual_seed(0)
wrong = ""
for scale, size in ((1.0, 0.01), (1.0, 100.0), (5.0, 3.0), (0.0, 1.0), (0.02, 1e-9)):
    weight = scale * torch.randn(4, 3, dtype=torch.float64)  # (out, in)
    gradient = size * torch.randn(4, 3, dtype=torch.float64)  # (out, in)
    got = adaptive_clip(gradient.clone(), weight, ratio=0.1)
    case = f"|w| {weight.norm():.3f}, |g| {gradient.norm():.3f}"
    if not isinstance(got, torch.Tensor) or got.shape != gradient.shape:
        wrong = f"not yet: {case}: expected a gradient of shape (4, 3), got {got}"
        break
    expected = min(gradient.norm().item(), 0.1 * max(weight.norm().item(), 0.001))
    if abs(got.norm().item() - expected) > 1e-5 * expected:
        wrong = f"not yet: {case}: expected norm {expected:.6f}, got {got.norm():.6f}"
        break
    if (got / got.norm() - gradient / gradient.norm()).norm() > 1e-6:
        wrong = f"not yet: {case}: expected the same direction, got another"
        break
print(
    wrong or "right: the gradient keeps its direction and a tenth of the weight's size"
)
