"""A 1 x 1 convolution is one dense layer, used at every pixel by itself."""

import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(2, 16, 6, 5)  # (N, C, H, W)
conv = nn.Conv2d(16, 40, 1)

dense = nn.Linear(16, 40)
dense.weight.data = conv.weight.data[:, :, 0, 0]  # (C_out, C)
dense.bias.data = conv.bias.data  # (C_out,)
pixels = x.movedim(1, -1)  # (N, H, W, C)
off = (conv(x) - dense(pixels).movedim(-1, 1)).abs().max()
print(f"{tuple(x.shape)} to {tuple(conv(x).shape)}: off a dense layer by {off:.12f}")

whole = nn.Conv2d(16, 40, (6, 5))  # as large as the map: a single window
flat = nn.Linear(16 * 6 * 5, 40)
flat.weight.data = whole.weight.data.flatten(1)  # (C_out, C H W)
flat.bias.data = whole.bias.data  # (C_out,)
off = (whole(x)[:, :, 0, 0] - flat(x.flatten(1))).abs().max()
print(f"6 x 5 convolution: off a dense layer on the flattened map by {off:.12f}")
for name, layer in (("1 x 1", conv), ("6 x 5", whole)):
    print(f"  {name}: {sum(p.numel() for p in layer.parameters()):6,} parameters")

order = torch.randperm(30)  # (H W,)


def shuffle(x):
    """Return x (N, C, H, W) with its pixels in that order."""
    return x.flatten(2)[:, :, order].reshape(x.shape)


for name, layer in (("1 x 1", conv), ("3 x 3", nn.Conv2d(16, 40, 3, padding=1))):
    off = (layer(shuffle(x)) - shuffle(layer(x))).abs().max()
    print(f"{name} of shuffled pixels: off the shuffled output by {off:.1f}")

head = nn.Conv2d(16, 3, 1)  # scores of three classes for each pixel
for H, W in ((6, 5), (32, 24)):
    print(f"scores of {H} x {W} pixels: {tuple(head(torch.randn(1, 16, H, W)).shape)}")
