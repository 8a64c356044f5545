"""Sequences of different length in a batch: padded, packed, and masked in the loss."""

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, pad_sequence

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
sequences = [torch.randn(length, 3) for length in (2, 6, 4)]  # (L, D) each
lengths = torch.tensor([len(sequence) for sequence in sequences])  # (N,)
padded = pad_sequence(sequences, batch_first=True)  # (N, longest L, D), zeros behind
layer = nn.RNN(3, 5, bidirectional=True, batch_first=True)


def off(last):
    """Return how far the last states are from those of each sequence by itself."""
    alone = torch.stack([layer(sequence)[1] for sequence in sequences], dim=1)
    return (last - alone).abs().amax(dim=(1, 2))  # one number per direction


packed = pack_padded_sequence(padded, lengths, batch_first=True, enforce_sorted=False)
states, last = layer(packed)
print(f"padded {tuple(padded.shape)}, packed {tuple(packed.data.shape)}")
print(f"examples in work at each step: {packed.batch_sizes.tolist()}")
print("last states, off from each sequence alone   forward  backward")
print("packed {:45.2f}{:10.2f}".format(*off(last)))
print("padded {:45.2f}{:10.2f}".format(*off(layer(padded)[1])))
at_end = layer(padded)[0][torch.arange(3), lengths - 1]  # (N, 2 H)
at_end = torch.stack([at_end[:, :5], at_end[:, 5:]])  # (2, N, H)
print("padded, states[n, lengths[n] - 1] {:18.2f}{:10.2f}".format(*off(at_end)))

states, _ = pad_packed_sequence(states, batch_first=True)  # (N, longest L, 2 H)
real = torch.arange(6) < lengths[:, None]  # (N, longest L), True where not padding
errors = (nn.Linear(10, 1)(states) - 1).square()[..., 0]  # (N, longest L)
print(f"loss over all {errors.numel()} positions:  {errors.mean().item():.2f}")
print(f"loss over the {real.sum()} real ones:  {errors[real].mean().item():.2f}")
by_example = torch.stack([row[mask].mean() for row, mask in zip(errors, real)])
print(f"mean of the examples' means: {by_example.mean().item():.2f}")

try:
    pack_padded_sequence(padded, lengths, batch_first=True)
except RuntimeError as error:
    print("without enforce_sorted=False:", str(error).split(".")[0])
