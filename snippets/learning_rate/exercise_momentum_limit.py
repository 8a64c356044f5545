"""Exercise: the largest stable rate of gradient descent with momentum."""

import torch


def limit(curvature, momentum):
    """Return the rate above which torch.optim.SGD diverges on curvature * w^2 / 2."""
    ...  # your turn


# The check
def grows(rate, curvature, momentum):
    """Return whether 1,000 steps with momentum lead away from the minimum."""
    w = torch.ones(1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], rate, momentum)
    for _ in range(1000):
        w.grad = curvature * w.detach()
        optimizer.step()
    return not abs(w.item()) < 1


wrong = ""
for curvature, momentum in ((2.0, 0.0), (0.5, 0.3), (7.0, 0.6), (40.0, 0.9)):
    rate = limit(curvature, momentum)
    case = f"curvature {curvature}, momentum {momentum}"
    if not isinstance(rate, float):
        wrong = f"not yet: {case}: expected a rate, got {rate}"
    elif grows(0.98 * rate, curvature, momentum):
        wrong = f"not yet: {case}: expected a lower rate, {rate:.3f} diverges"
    elif not grows(1.02 * rate, curvature, momentum):
        wrong = f"not yet: {case}: expected a higher rate, {rate:.3f} is stable"
    if wrong:
        break
print(wrong or "right: four pairs of curvature and momentum")
