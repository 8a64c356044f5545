"""Three relatives against torch: local response norm, weight norm, unit vectors."""

import torch
import torch.nn.functional as F
from torch import nn


def local_response_norm(x, size, alpha=1e-4, beta=0.75, k=1.0):
    """Divide x (N, C, H, W) by a power of the energy of `size` channels around.

    size < 1: ValueError. Source: Krizhevsky, Sutskever and Hinton 2012, section 3.3,
    with alpha divided by size, as in torch. Beyond the last channel counts as 0.
    """
    if size < 1:
        raise ValueError(f"expected a window of at least one channel, got {size}")
    padded = F.pad(x.square(), (0, 0, 0, 0, size // 2, (size - 1) // 2))
    windows = padded.unfold(1, size, 1)  # (N, C, H, W, size)
    return x / (k + alpha * windows.mean(-1)) ** beta


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = 10 * torch.randn(2, 7, 4, 5)  # (N, C, H, W)
differ = 0
for size in range(1, 10):
    ours, theirs = (f(x, size) for f in (local_response_norm, F.local_response_norm))
    differ += not torch.allclose(ours, theirs, rtol=1e-12)
print(f"local response norm, windows of 1 to 9 channels: {differ} differ from torch")

layer = nn.utils.parametrizations.weight_norm(nn.Linear(6, 4))
parts = layer.parametrizations.weight
g, v = parts.original0, parts.original1  # (K, 1), (K, D)
off = (layer.weight - g * v / v.norm(dim=1, keepdim=True)).abs().max()
print(f"weight norm: w = g v / |v| to within {off:.9f}")

x = torch.randn(3, 16)  # (N, D)
off = (F.rms_norm(x, (16,)) - 16**0.5 * F.normalize(x)).abs().max()
print(f"RMSNorm is sqrt(D) times F.normalize to within {off:.9f}")
