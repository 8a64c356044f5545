"""Exercise: group norm for sequences of different lengths."""

import torch
import torch.nn.functional as F


def group_norm(x, lengths, groups, eps=1e-5):
    """Return the group norm of sequences, each by its first lengths[n] steps alone.

    x: (N, C, L), anything behind the end of a sequence, even nan; lengths: (N,), at
    least 1. The result is 0 behind the ends. No weight, no bias.
    """
    ...  # your turn


# The check
torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
wrong = ""
for lengths, C, groups in (
    ([5, 3], 4, 2),
    ([1, 6, 4], 6, 3),
    ([2, 2], 4, 1),
    ([7], 2, 1),
):
    N, L = len(lengths), max(lengths) + 2
    x = 3 + 2 * torch.randn(N, C, L)  # (N, C, L)
    expected = torch.zeros(N, C, L)  # (N, C, L)
    for n, length in enumerate(lengths):
        expected[n, :, :length] = F.group_norm(x[n : n + 1, :, :length], groups)
        x[n, :, length:] = torch.nan if n else 100.0
    answer = group_norm(x.clone(), torch.tensor(lengths), groups)
    case = f"lengths {lengths}, {C} channels, {groups} groups"
    if not isinstance(answer, torch.Tensor) or answer.shape != x.shape:
        got = getattr(answer, "shape", answer)
        wrong = f"not yet: {case}: expected shape {tuple(x.shape)}, got {got}"
        break
    bad = ~((answer - expected).abs() <= 1e-8)  # (N, C, L)
    if bad.any():
        n, c, i = bad.nonzero()[0].tolist()
        values = f"expected {expected[n, c, i]:.3f}, got {answer[n, c, i]:.3f}"
        wrong = f"not yet: {case}, example {n}, channel {c}, step {i}: {values}"
        break
print(wrong or "right: nine sequences, as if each were alone and without padding")
