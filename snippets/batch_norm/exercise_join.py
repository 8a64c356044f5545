"""Exercise: the statistics of a batch that lies on several devices."""

import torch


def join(counts, means, variances):
    """Return the mean and the variance (C,) of all examples, given those of the parts.

    counts: (P,), how many examples each part has; means, variances: (P, C). The
    variances divide by the number of examples, as batch norm normalizes.
    """
    ...  # your turn


# The check
torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
wrong = ""
for counts in ((4, 4), (7, 1, 3), (2, 9), (1, 1, 1, 1), (5,), (30, 2)):
    offset = 1e8 + 3 * torch.randn(len(counts), 1, 3)  # (P, 1, C): far from 0
    parts = [torch.randn(n, 3) + o for n, o in zip(counts, offset, strict=True)]
    whole = torch.cat(parts)  # (N, C)
    means = torch.stack([part.mean(0) for part in parts])  # (P, C)
    variances = torch.stack([part.var(0, correction=0) for part in parts])  # (P, C)
    answer = join(torch.tensor(counts), means, variances)
    if not isinstance(answer, tuple):
        wrong = f"not yet: parts of {counts}: expected a pair, got {answer}"
        break
    expected = (whole.mean(0), whole.var(0, correction=0))  # (C,), (C,)
    for name, a, b in zip(("mean", "variance"), expected, answer, strict=True):
        if b.shape != a.shape:
            got = f"expected shape {tuple(a.shape)}, got {tuple(b.shape)}"
            wrong = wrong or f"not yet: {name} of parts of {counts}: {got}"
        elif not (a - b).abs().max() <= 1e-6:
            got = f"expected {a[0]:.3f}, got {b[0]:.3f}"
            wrong = wrong or f"not yet: {name} of parts of {counts}: {got}"
    if wrong:
        break
print(wrong or "right: six batches, from the statistics of their parts")
