"""Predict the next character: a state remembers what pairs of letters cannot tell."""

import math
from collections import Counter
from itertools import pairwise, product

import torch
from torch import nn

# The verb has an s where its subject has none: the dogs here run, the dog here runs.
CHOICES = product(["dog", "cat", "fox"], ["", "s"], ["run", "sit"])
TEXT = [
    f"\nthe {noun}{s} here {verb}{'' if s else 's'}.\n" for noun, s, verb in CHOICES
]
LETTERS = sorted(set("".join(TEXT)))
ids = torch.tensor([[LETTERS.index(c) for c in line] for line in TEXT])  # (N, L)
STEPS = ids.shape[1] - 1  # all sentences are equally long


def read(ids, state=None):
    """Return the scores of each next letter (N, L, letters) and the last state."""
    states, state = layer(vectors(ids), state)  # (N, L, H), (1, N, H)
    return readout(states), state


def nats():
    """Return the mean cross-entropy of a sentence, a sum over its letters."""
    scores, _ = read(ids[:, :-1])  # (N, L - 1, letters)
    return nn.functional.cross_entropy(scores.mT, ids[:, 1:]) * STEPS


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
vectors, layer = nn.Embedding(len(LETTERS), 8), nn.RNN(8, 24, batch_first=True)
readout = nn.Linear(24, len(LETTERS))
weights = [*vectors.parameters(), *layer.parameters(), *readout.parameters()]
optimizer = torch.optim.Adam(weights, lr=0.02)
pairs = Counter(pair for line in TEXT for pair in pairwise(line))
firsts = Counter(first for line in TEXT for first in line[:-1])
best = sum(n * math.log(firsts[a] / n) for (a, _), n in pairs.items()) / len(TEXT)
print(f"nats per sentence, all letters alike: {STEPS * math.log(len(LETTERS)):5.1f}")
print(f"best guess from the letter before:    {best:5.1f}")
for step in range(151):
    if step in (0, 50, 150):
        print(f"recurrent network, step {step:3d}:          {nats().item():5.1f}")
    optimizer.zero_grad()
    nats().backward()
    optimizer.step()
print(f"best possible, ln {len(TEXT)}:                 {math.log(len(TEXT)):5.1f}")

lines, state = torch.full((200, 1), LETTERS.index("\n")), None  # (200, 1)
for _ in range(STEPS):
    scores, state = read(lines[:, -1:], state)  # (200, 1, letters), (1, 200, H)
    lines = torch.cat([lines, scores[:, 0].softmax(dim=1).multinomial(1)], dim=1)
lines = ["".join(LETTERS[i] for i in line) for line in lines.tolist()]
print("drawn:", *(line.strip() for line in lines[:3]))
print(f"correct sentences among 200 drawn: {sum(line in TEXT for line in lines)}")
