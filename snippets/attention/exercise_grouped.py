"""Exercise: several query heads share the keys and values of one group."""

import torch
import torch.nn.functional as F


def grouped_attention(query, key, value):
    """Return (N, heads, L, E), by F.scaled_dot_product_attention without enable_gqa.

    query: (N, heads, L, E); key and value: (N, groups, S, E). Heads that share a group
    are neighbors: with 6 heads and 2 groups, heads 0, 1 and 2 use group 0.
    """
    ...  # your turn


# The check
torch.manual_seed(0)
wrong = ""
for heads, groups in ((6, 2), (4, 4), (6, 3), (5, 1)):
    query = torch.randn(2, heads, 3, 8, dtype=torch.float64)
    key, value = torch.randn(2, 2, groups, 5, 8, dtype=torch.float64)
    expected = F.scaled_dot_product_attention(query, key, value, enable_gqa=True)
    got = grouped_attention(query, key, value)
    if got is None or got.shape != expected.shape:
        shape = None if got is None else tuple(got.shape)
        wrong = f"not yet: expected {tuple(expected.shape)}, got {shape}"
        break
    if not torch.allclose(got, expected):
        head = (got - expected).abs().amax(dim=(0, 2, 3)).argmax().item()
        a, b = got[0, head, 0, 0].item(), expected[0, head, 0, 0].item()
        wrong = f"not yet: {heads} heads, {groups} groups: head {head} starts with"
        wrong += f" {a:.3f}, expected {b:.3f}"
        break
print(wrong or "right: four settings agree with enable_gqa=True")
