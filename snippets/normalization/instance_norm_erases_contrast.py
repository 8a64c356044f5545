"""Bright or dim, red or green: what a norm of the image leaves for a classifier."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

norms = {
    "none": lambda x: x,
    "BatchNorm": lambda x: F.batch_norm(x, None, None, training=True),
    "LayerNorm, C,H,W": lambda x: F.layer_norm(x, x.shape[1:]),
    "InstanceNorm": F.instance_norm,
}
tasks = {  # the share of each color channel in the two classes
    "brightness": ((0.5, 0.5, 0.5), (1.0, 1.0, 1.0)),
    "color": ((1.0, 0.5, 0.5), (0.5, 1.0, 0.5)),
}


def accuracy(x, label, half=500):
    """Fit a readout of random features to half of x (N, C, H, W); test on the rest."""
    h = F.conv2d(x, filters).relu().mean((2, 3))  # (N, K)
    h = F.pad(h, (0, 1), value=1.0)  # (N, K + 1)  a 1 for the bias
    target = 2.0 * label - 1  # (N,)  -1 or 1
    weight = torch.linalg.lstsq(h[:half], target[:half, None]).solution  # (K + 1, 1)
    right = (h[half:] @ weight)[:, 0].sign() == target[half:]  # (N - half,)
    return right.double().mean()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
digits = torch.tensor(load_digits().images)[:1000, None] / 16  # (N, 1, H, W)
label = torch.randint(0, 2, (len(digits),))  # (N,)
filters = torch.randn(8, 3, 3, 3)  # (K, C, 3, 3)

print("                  brightness                  color")
print("                  one image moves  accuracy   one image moves  accuracy")
for name, norm in norms.items():
    row = f"{name:<17}"
    for tints in tasks.values():
        low, high = torch.tensor(tints)[:, :, None, None]  # (C, 1, 1), (C, 1, 1)
        x = torch.where(label[:, None, None, None] == 1, digits * high, digits * low)
        pair = torch.cat([digits[:1] * low, digits[:1] * high])  # (2, C, H, W)
        moved = norm(pair).diff(dim=0).abs().max()
        row += f" {moved:15.2f}  {accuracy(norm(x), label):8.2f}  "
    print(row.rstrip())
