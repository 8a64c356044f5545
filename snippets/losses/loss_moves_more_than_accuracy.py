"""Loss and accuracy part ways, in both directions."""

import torch
import torch.nn.functional as F


def judge(p_true):
    """Return mean loss in nats and accuracy for two classes.

    p_true: (N,), the probability that each example's true class gets.
    """
    logits = torch.stack([p_true.log(), (1 - p_true).log()], dim=1)  # (N, 2)
    target = torch.zeros(len(p_true), dtype=torch.long)  # (N,)
    right = logits.argmax(dim=1) == target  # (N,)
    return F.cross_entropy(logits, target).item(), right.double().mean().item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
ten = torch.ones(10)  # (N,)
wrong = torch.arange(10) == 0  # (N,): one example of ten
print("probability of the true class            loss   accuracy")
for name, p_true in {
    "0.49 for all": 0.49 * ten,
    "0.51 for all": 0.51 * ten,
    "0.99 for all": 0.99 * ten,
    "0.99 for 9, 0.40 for one": torch.where(wrong, 0.40, 0.99),
    "0.99 for 9, 1e-12 for one": torch.where(wrong, 1e-12, 0.99),
}.items():
    loss, accuracy = judge(p_true)
    print(f"{name:<38}{loss:7.3f}{accuracy:11.1f}")

score = 2 * torch.randn(1000) + 2  # (N,): log-odds of the true class, some below 0
print("the same 1000 scores")
for factor in (0.1, 0.3, 1, 3, 10):
    loss, accuracy = judge((factor * score).sigmoid())
    print(f"    times {factor:<28}{loss:7.3f}{accuracy:11.3f}")
