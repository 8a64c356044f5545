"""A solution: cut the features into heads, then move that axis forward."""

import torch


def split_heads(x, heads):
    """Return x, (N, T, E), as (N, heads, T, E / heads): entry [n, h, t, d] of the
    result is x[n, t, h * E / heads + d]."""
    n, t, e = x.shape
    return x.view(n, t, heads, e // heads).transpose(1, 2)


# The check
wrong = ""
for n, t, e, heads in ((2, 5, 12, 3), (3, 4, 12, 4), (1, 6, 8, 2), (2, 3, 7, 1)):
    x = torch.arange(n * t * e).view(n, t, e)  # (N, T, E)
    answer, shape = split_heads(x, heads), (n, heads, t, e // heads)
    if not isinstance(answer, torch.Tensor) or answer.shape != shape:
        got = getattr(answer, "shape", answer)
        wrong = wrong or f"x {(n, t, e)}, {heads} heads: expected {shape}, got {got}"
        continue
    for place in ((0, heads - 1, 0, 0), (n - 1, 0, t - 1, 0), (0, 0, 1, 1)):
        expected = x[place[0], place[2], place[1] * (e // heads) + place[3]]
        if answer[place] != expected:
            wrong = wrong or f"entry {place}: expected {expected}, got {answer[place]}"
print(f"not yet: {wrong}" if wrong else "right: each head has its own features")
