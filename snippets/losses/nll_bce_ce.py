"""Which name is which: the same losses under several names, and two wrong inputs."""

import torch
from torch import nn


def binary_cross_entropy(score, target):
    """Return the mean of -ln p, p the probability of what happened.

    score: (N,), logits; target: (N,), each 0 or 1. Other targets: ValueError.
    Source: torch's BCEWithLogitsLoss. softplus(x) = ln(1 + e^x) = -ln sigmoid(-x).
    """
    if score.shape != target.shape or not ((target == 0) | (target == 1)).all():
        raise ValueError(f"expected 0 or 1 for {tuple(score.shape)}, got {target}")
    return nn.functional.softplus(torch.where(target == 1, -score, score)).mean()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
logits, target = torch.randn(6, 4), torch.randint(4, (6,))  # (N, K), (N,)
one_hot = nn.functional.one_hot(target, 4).double()  # (N, K)
score, label = torch.randn(6), torch.randint(2, (6,)).double()  # (N,), (N,)
tags = torch.randint(2, (6, 4)).double()  # (N, K): any number of them may be 1

print("one of K classes: logits (N, K), class ids (N,)")
for name, loss in {
    "CrossEntropyLoss(logits)": nn.CrossEntropyLoss()(logits, target),
    "CrossEntropyLoss, one-hot targets": nn.CrossEntropyLoss()(logits, one_hot),
    "NLLLoss(log_softmax)": nn.NLLLoss()(logits.log_softmax(dim=1), target),
    "NLLLoss(softmax)    no error, wrong": nn.NLLLoss()(logits.softmax(1), target),
    "NLLLoss(logits)     no error, wrong": nn.NLLLoss()(logits, target),
}.items():
    print(f"    {name:<40}{loss:7.4f}")

print("yes or no: one score (N,), labels (N,)")
two = torch.stack([torch.zeros(6), score], dim=1)  # (N, 2)
for name, loss in {
    "by hand": binary_cross_entropy(score, label),
    "BCEWithLogitsLoss(score)": nn.BCEWithLogitsLoss()(score, label),
    "BCELoss(sigmoid(score))": nn.BCELoss()(score.sigmoid(), label),
    "CrossEntropyLoss([0, score])": nn.CrossEntropyLoss()(two, label.long()),
}.items():
    print(f"    {name:<40}{loss:7.4f}")

print("any of K tags: logits (N, K), labels (N, K)")
columns = [binary_cross_entropy(logits[:, k], tags[:, k]) for k in range(4)]
for name, loss in {
    "BCEWithLogitsLoss(logits)": nn.BCEWithLogitsLoss()(logits, tags),
    "mean of 4 yes-or-no losses": torch.stack(columns).mean(),
}.items():
    print(f"    {name:<40}{loss:7.4f}")
