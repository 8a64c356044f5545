"""Exercise: turn padded sequences around, each within its own length."""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


def reverse(padded, lengths):
    """Return (N, L, D): the first lengths[n] steps of row n reversed, the rest kept.

    padded: (N, L, D); lengths: (N,) integers from 1 to L.
    """
    ...  # your turn


# The check
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
both = nn.RNN(3, 5, bidirectional=True, batch_first=True)
alone = nn.RNN(3, 5, batch_first=True)  # gets the weights of the direction backward
for weight, theirs in zip(alone.parameters(), list(both.parameters())[4:]):
    weight.data.copy_(theirs)
wrong = ""
for _ in range(20):
    x, lengths = torch.randn(4, 7, 3), torch.randint(1, 8, (4,))  # (N, L, D), (N,)
    turned = reverse(x.clone(), lengths)
    if turned is None or turned.shape != x.shape:
        wrong = f"not yet: expected shape {tuple(x.shape)}, got {turned}"
        break
    options = {"batch_first": True, "enforce_sorted": False}
    packed, _ = both(pack_padded_sequence(x, lengths, **options))
    expected = pad_packed_sequence(packed, True, total_length=7)[0][:, :, 5:]
    got = reverse(alone(turned)[0], lengths)  # (N, L, H)
    real = torch.arange(7) < lengths[:, None]  # (N, L)
    off = (got - expected)[real].abs().max().item()
    kept = torch.equal(turned[~real], x[~real])
    if off > 1e-9 or not kept:
        wrong = (
            f"not yet: lengths {lengths.tolist()}, states expected to agree, off by "
        )
        wrong += f"{off:.2f}; padding left as it was: {kept}"
        break
print(wrong or "right: 20 batches agree with the backward direction of torch")
