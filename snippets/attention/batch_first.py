"""nn.MultiheadAttention takes (L, N, D) unless told: else examples look at others."""

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(4, 6, 8)  # (N, L, D)
changed = x.clone()
changed[3] += 1  # another last example

for batch_first in (False, True):
    torch.manual_seed(0)
    layer = nn.MultiheadAttention(8, 2, batch_first=batch_first)
    before, weights = layer(x, x, x)
    after, _ = layer(changed, changed, changed)
    moved = (before[0] - after[0]).abs().max() > 1e-6
    print(
        f"batch_first={batch_first!s:<6} output {tuple(before.shape)}"
        f"   weights {tuple(weights.shape)}   example 0 feels example 3: {moved}"
    )
