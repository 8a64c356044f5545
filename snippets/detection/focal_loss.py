"""The focal loss: thousands of easy negatives against a few hard positives."""

import torch
import torch.nn.functional as F


def focal_loss(logits, target, gamma):
    """Return the focal loss of each logit, in nats, the shape of logits.

    target: 0 or 1, of the same shape, and gamma at least 0, or ValueError. It is
    -(1 - p)^gamma ln p, with p the probability given to the true answer.
    Source: Lin et al. 2017, equation 4.
    """
    if logits.shape != target.shape or gamma < 0:
        shapes = tuple(logits.shape), tuple(target.shape)
        raise ValueError(f"expected equal shapes and gamma >= 0: {shapes}, {gamma}")
    right = torch.where(target > 0, logits, -logits)  # p = sigmoid(right)
    return -(torch.sigmoid(-right) ** gamma) * F.logsigmoid(right)


torch.set_default_dtype(torch.float64)
target = torch.arange(100_100) >= 100_000  # (N,): 100 objects
p = torch.where(target, 0.1, 0.01)  # (N,): the score that each box gets
logits = p.logit().requires_grad_()  # (N,)
print("       100,000 easy negatives    100 hard positives    share of the positives")
print("gamma      loss    gradient         loss    gradient       in the gradient")
for gamma in (0, 0.5, 1, 2, 5):
    loss = focal_loss(logits, target, gamma)  # (N,)
    (gradient,) = torch.autograd.grad(loss.sum(), logits)  # (N,)
    sums = [
        x[s].abs().sum().item() for s in (~target, target) for x in (loss, gradient)
    ]
    easy_loss, easy, hard_loss, hard = sums
    print(f"{gamma:<5}{easy_loss:10.2f}{easy:12.2f}", end="")
    print(f"{hard_loss:13.2f}{hard:12.2f}{100 * hard / (easy + hard):17.1f} %")

print("\nthe same boxes at the start, all with the score   0.5      0.01")
for gamma in (0, 2):
    start = [torch.full((100_100,), s).logit() for s in (0.5, 0.01)]
    sums = [focal_loss(s, target, gamma)[~target].sum() for s in start]
    print(f"loss of the negatives, gamma = {gamma}{sums[0]:20.1f}{sums[1]:10.1f}")

torch.manual_seed(0)
x, y = 5 * torch.randn(2000), torch.arange(2000) % 2  # (N,), (N,)
bce = F.binary_cross_entropy_with_logits(x, y.double(), reduction="none")  # (N,)
off = focal_loss(x, y, 0) - bce
print(f"gamma = 0, off from the cross-entropy: {off.abs().max():.12f}")
