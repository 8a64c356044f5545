"""The first axis of nn.RNN is time: with the batch first, it mixes examples."""

import torch
from torch import nn


def changed(layer, x):
    """Return the examples and the steps whose states change with x[0, 2]."""
    other = x.clone()
    other[0, 2] += 1  # example 0, step 2
    moved = ((layer(x)[0] - layer(other)[0]).abs() > 1e-6).any(dim=2)  # (N, L)
    examples, steps = moved.nonzero().T
    return examples.unique().tolist(), steps.unique().tolist()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x = torch.randn(4, 6, 3)  # (N, L, D)
for name, options in {"batch_first=True": {"batch_first": True}, "default": {}}.items():
    layer = nn.RNN(3, 5, **options)
    states, last = layer(x)
    examples, steps = changed(layer, x)
    print(f"{name}: states {tuple(states.shape)}, last {tuple(last.shape)}")
    print(
        f"   an input of example 0, step 2, reaches examples {examples}, steps {steps}"
    )

layer = nn.RNN(3, 5, num_layers=2, bidirectional=True, batch_first=True)
states, last = layer(x)  # (N, L, 2 H), (layers * 2, N, H)
print(f"2 layers, 2 directions: states {tuple(states.shape)}, last {tuple(last.shape)}")
forward, backward = last[-2], last[-1]  # (N, H) each, of the upper layer
for name, found, wanted in [
    ("states[:, -1, :5], the last one forward", states[:, -1, :5], forward),
    ("states[:, -1, 5:], the last one backward", states[:, -1, 5:], backward),
    ("states[:, 0, 5:], the last one backward", states[:, 0, 5:], backward),
]:
    print(f"{name:<41}: {'yes' if torch.equal(found, wanted) else 'no'}")
