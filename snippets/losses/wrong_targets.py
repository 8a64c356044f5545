"""Targets of the wrong shape or type: what torch says to them, and what it accepts."""

import torch
import torch.nn.functional as F


def attempt(loss, output, target):
    """Return the loss as text, or its error."""
    try:
        return f"{loss(output, target):.3f}"
    except (IndexError, RuntimeError, ValueError) as error:
        return f"{type(error).__name__}: {error}".splitlines()[0]


torch.manual_seed(0)
logits = torch.randn(4, 3, dtype=torch.float64)  # (N, K)
tokens = torch.randn(4, 3, 3, dtype=torch.float64)  # (N, L, K): classes last
score = torch.randn(4, dtype=torch.float64)  # (N,)
ids = torch.tensor([0, 2, 1, 2])  # (N,)
one_hot = F.one_hot(ids, 3)  # (N, K), integers
pairs = ids[:, None].expand(4, 3)  # (N, L)
CE, BCE = F.cross_entropy, F.binary_cross_entropy_with_logits

for loss, output, name, target in (
    (CE, logits, "ids (N,)", ids),
    (CE, logits, "ids in a column (N, 1)", ids[:, None]),
    (CE, logits, "ids as real numbers", ids.double()),
    (CE, logits, "ids from 1 to K", ids + 1),
    (CE, logits, "one id too few", ids[:3]),
    (CE, logits, "one-hot, integers", one_hot),
    (CE, logits, "one-hot, real", one_hot.double()),
    (CE, logits, "one-hot times 5", 5 * one_hot.double()),
    (CE, tokens, "ids (N, L), scores (N, L, K), L = K", pairs),
    (CE, logits[:, :1], "ids all 0, scores (N, 1)", 0 * ids),
    (BCE, score, "0 or 1, integers", ids % 2),
    (BCE, score, "0, 1 or 2, real", ids.double()),
):
    print(f"{loss.__name__}: {name}")
    print(f"    {attempt(loss, output, target)}")
print("cross_entropy: ids (N, L), scores (N, K, L)")
print(f"    {attempt(CE, tokens.transpose(1, 2), pairs)}")
