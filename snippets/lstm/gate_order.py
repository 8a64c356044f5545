"""The order of the blocks is a convention: weights in another one fail in silence."""

import torch
from torch import nn

TORCH = "ifgo"


def reorder(weights, order):
    """Return the rows of weights (4 H, ...), in blocks of the given order, in torch's.

    order: a permutation of "ifgo"; 4 H rows; else ValueError.
    """
    if sorted(order) != sorted(TORCH):
        raise ValueError(f"order is {order!r}, not a permutation of {TORCH!r}")
    if len(weights) % 4:
        raise ValueError(f"{len(weights)} rows are not four blocks")
    blocks = dict(zip(order, weights.chunk(4)))  # (H, ...) each
    return torch.cat([blocks[name] for name in TORCH])


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
source, x = nn.LSTM(3, 5), torch.randn(9, 2, 3)  # (L, N, D)
print("loaded                                       last state off by")
for order in ("ifgo", "ifog", "iofg", "fiog"):
    # The same network, saved by somebody who stacks the blocks in this order.
    saved = {
        name: torch.cat([weight.chunk(4)[TORCH.index(letter)] for letter in order])
        for name, weight in source.state_dict().items()
    }
    loaded = {name: reorder(weight, order) for name, weight in saved.items()}
    for name, weights in {"as it is": saved, "reordered": loaded}.items():
        copy = nn.LSTM(3, 5)
        copy.load_state_dict(weights)
        off = (copy(x)[1][0] - source(x)[1][0]).abs().max()
        print(f"blocks saved as {', '.join(order)}, {name:<12}{off:16.2f}")
