"""Exercise: a global average over what is there, not over the filler."""

import torch


def masked_mean(x, length):
    """Return (N, C): for each example the mean over its first `length` places.

    x: (N, C, L); length: (N,), integers from 1 to L. What stands behind is filler.
    """
    ...  # your turn


# The check
torch.manual_seed(0)
expected = torch.randn(4, 3, dtype=torch.float64)  # (N, C)
length = torch.tensor([7, 2, 5, 1])  # (N,)
x = torch.full((4, 3, 7), 1000.0).double()  # (N, C, L), filler
for n, last in enumerate(length):
    x[n, :, :last] = expected[n, :, None] + torch.arange(last) - (last - 1) / 2
got = masked_mean(x, length)
if got is None or got.shape != expected.shape:
    shape = None if got is None else tuple(got.shape)
    print(f"not yet: expected {tuple(expected.shape)}, got {shape}")
elif not torch.allclose(got, expected):
    n = (got - expected).abs().amax(dim=1).argmax().item()
    a, b = got[n, 0].item(), expected[n, 0].item()
    print(f"not yet: example {n}, length {length[n]}: expected {b:.3f}, got {a:.3f}")
else:
    print("right: four lengths, and the filler does not count")
