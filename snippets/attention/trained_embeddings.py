"""Similar words lie close only after training: cosines before and after."""

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

SENTENCES = [
    f"{size} {animal} {does}".split()
    for size in ("big", "small")
    for animal in ("cat", "dog")
    for does in ("runs", "sleeps")
] + [
    f"{size} {fruit} {does}".split()
    for size in ("red", "green")
    for fruit in ("plum", "pear")
    for does in ("falls", "ripens")
]
WORDS = sorted({word for sentence in SENTENCES for word in sentence})


def neighbors():
    """Return pairs (count, 2) of word numbers that stand side by side, both ways."""
    pairs = []
    for sentence in SENTENCES:
        ids = [WORDS.index(word) for word in sentence]
        pairs += [*pairwise(ids), *pairwise(ids[::-1])]
    return torch.tensor(pairs)


def cosine(table, one, other):
    rows = table.weight[[WORDS.index(one), WORDS.index(other)]]  # (2, D)
    return F.cosine_similarity(rows[0], rows[1], dim=0).item()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
table = nn.Embedding(len(WORDS), 8)  # (V, D)
nn.init.normal_(table.weight, std=0.1)
scores = nn.Linear(8, len(WORDS), bias=False)
pairs = neighbors()  # (count, 2)
couples = [("cat", "dog"), ("plum", "pear"), ("big", "small"), ("cat", "pear")]
before = [cosine(table, *couple) for couple in couples]
for _ in range(300):  # predict a neighbor from a word
    loss = F.cross_entropy(scores(table(pairs[:, 0])), pairs[:, 1])
    weights = (table.weight, scores.weight)
    gradients = torch.autograd.grad(loss, weights)
    with torch.no_grad():
        for weight, gradient in zip(weights, gradients, strict=True):
            weight -= 2 * gradient

print("cosine of          before   after")
for couple, old in zip(couples, before, strict=True):
    print(f"{' and '.join(couple):<16}{old:9.1f}{cosine(table, *couple):8.1f}")
