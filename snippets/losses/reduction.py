"""A mean over what: the same errors, and what each convention makes of them."""

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
error = torch.tensor([2.0, 3.0, 6.0])  # (D,)
zero = torch.zeros(3)  # (D,)
print("errors 2, 3 and 6")
for name, value in {
    "mse_loss": F.mse_loss(error, zero),
    "mse_loss, reduction='sum'": F.mse_loss(error, zero, reduction="sum"),
    "half the sum of squares": (error**2).sum() / 2,
    "root of mse_loss (RMSE)": F.mse_loss(error, zero).sqrt(),
    "L2 norm": error.norm(),
    "l1_loss": F.l1_loss(error, zero),
}.items():
    print(f"    {name:<28}{value:7.2f}")

x, y = torch.randn(2, 5, 4)  # (N, D), (N, D)
by_example = ((x - y) ** 2).sum(dim=1).mean()
print("5 examples of 4 numbers: sum over D, mean over N, divided by mse_loss:", end=" ")
print(f"{by_example / F.mse_loss(x, y):.1f}")

logits = torch.randn(6, 3)  # (N, K)
target = torch.tensor([0, 2, 1, 2, -100, -100])  # (N,), -100: does not count
weight = torch.tensor([1.0, 2.0, 5.0])  # (K,)
each = F.cross_entropy(logits, target, reduction="none")  # (N,)
weighted = F.cross_entropy(logits, target, weight, reduction="none")  # (N,)
total = weight[target[:4]].sum()
score, label = logits[:, 0], (target == 0).double()  # (N,), (N,)
scale = weight[target.clamp(min=0)]  # (N,)
binary = F.binary_cross_entropy_with_logits(
    score, label, scale, reduction="none"
)  # (N,)

print("cross_entropy of 6 tokens, 2 of them ignored, by hand and by torch's mean")
plain, heavy = F.cross_entropy(logits, target), F.cross_entropy(logits, target, weight)
one_hot = F.cross_entropy(logits[:4], F.one_hot(target[:4], 3).double(), weight)
for name, ours, torchs in (
    ("sum / 6 tokens", each.sum() / 6, plain),
    ("sum / 4 tokens that count", each.sum() / 4, plain),
    ("weighted sum / 4 tokens", weighted.sum() / 4, heavy),
    ("weighted sum / their weights", weighted.sum() / total, heavy),
    ("weighted sum / 4, one-hot", weighted.sum() / 4, one_hot),
):
    print(f"    {name:<30}{ours:.3f}   {torchs:.3f}")
print(f"    all 6 ignored{F.cross_entropy(logits[4:], target[4:]):27.3f}")
print("binary_cross_entropy_with_logits of 6 scores with weights")
torchs = F.binary_cross_entropy_with_logits(score, label, scale)
print(f"    weighted sum / 6 scores       {binary.sum() / 6:.3f}   {torchs:.3f}")
