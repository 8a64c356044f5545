"""What each loss in torch gives while a network still puts out zeros."""

import math

import torch
import torch.nn.functional as F

N, K = 600, 5
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
labels = torch.randint(K, (N,))  # (N,)
tags = torch.randint(2, (N, K)).double()  # (N, K)
numbers = torch.randn(N)  # (N,)
numbers = (numbers - numbers.mean()) / numbers.std(correction=0)  # (N,)
counts = torch.poisson(torch.full((N,), 3.0))  # (N,)
logits, zeros = torch.zeros(N, K), torch.zeros(N)  # (N, K), (N,)
weight = torch.arange(1.0, K + 1)  # (K,)

ce, bce = F.cross_entropy, F.binary_cross_entropy_with_logits
margin, ln_k = F.multi_margin_loss(logits, labels), math.log(K)
rows = [
    ("cross_entropy", ce(logits, labels), "ln K", ln_k),
    ("  label smoothing", ce(logits, labels, label_smoothing=0.1), "ln K", ln_k),
    ("  class weights", ce(logits, labels, weight=weight), "ln K", ln_k),
    ("  sum", ce(logits, labels, reduction="sum"), "N ln K", N * ln_k),
    ("binary_..._with_logits", bce(logits, tags), "ln 2", math.log(2)),
    ("multi_margin_loss", margin, "(K - 1) / K", (K - 1) / K),
    ("  summed over classes", K * margin, "K - 1", K - 1),
    ("mse_loss, standardized", F.mse_loss(zeros, numbers), "1", 1),
    ("poisson_nll_loss", F.poisson_nll_loss(zeros, counts), "1", 1),
]
print(f"zeros for {N} examples, K = {K}      torch   expected")
for name, found, formula, expected in rows:
    off = abs(found.item() - expected) / expected
    print(f"{name:<26}{found:14.4f}   {formula:<12} differs by {off:.12f}")
