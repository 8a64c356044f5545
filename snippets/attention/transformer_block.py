"""A transformer block by hand, with its norms before or after, against torch."""

import torch
from torch import nn


def feed_forward(x, layer):
    """Return (N, L, D): two dense layers for every token by itself."""
    return layer.linear2(layer.linear1(x).relu())


def transformer_block(x, layer):
    """Return (N, L, D): attention, then the feed-forward part, each added to x.

    x: (N, L, D); layer: an nn.TransformerEncoderLayer without dropout, with
    batch_first. Source: Vaswani et al. 2017, section 3.1; pre-norm: Xiong et al. 2020.
    """
    if x.shape[2] != layer.linear1.in_features:
        raise ValueError(f"width {layer.linear1.in_features}, got {tuple(x.shape)}")

    def mix(x):
        return layer.self_attn(x, x, x, need_weights=False)[0]

    if layer.norm_first:
        x = x + mix(layer.norm1(x))
        return x + feed_forward(layer.norm2(x), layer)
    x = layer.norm1(x + mix(x))
    return layer.norm2(x + feed_forward(x, layer))


def count(*modules):
    return sum(weight.numel() for module in modules for weight in module.parameters())


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(2, 5, 12)  # (N, L, D)
for norm_first in (False, True):
    layer = nn.TransformerEncoderLayer(
        12, 3, dim_feedforward=48, dropout=0, batch_first=True, norm_first=norm_first
    )
    off = (transformer_block(x, layer) - layer(x)).abs().max()
    name = "pre-norm" if norm_first else "post-norm"
    print(f"{name:<10} difference from torch: {off:.12f}")

alone = feed_forward(x[:, 3:4], layer)  # (N, 1, D)
off = (feed_forward(x, layer)[:, 3:4] - alone).abs().max()
print(f"feed-forward of token 3 alone and among others: {off:.12f}")

layer = nn.TransformerEncoderLayer(768, 12, 3072, device="meta")
print("\nparameters at width 768")
for name, modules in {
    "attention": (layer.self_attn,),
    "feed-forward": (layer.linear1, layer.linear2),
    "norms": (layer.norm1, layer.norm2),
}.items():
    share = 100 * count(*modules) / count(layer)
    print(f"{name:<14}{count(*modules):10,d}{share:7.1f} %")
