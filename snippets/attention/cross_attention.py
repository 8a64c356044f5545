"""A decoder block: causal self-attention, then a look at the encoder's output."""

import torch
from torch import nn


def decoder_block(x, memory, layer):
    """Return (N, L, D), post-norm.

    x: (N, L, D), the tokens so far; memory: (N, S, D), the encoder's output; layer:
    an nn.TransformerDecoderLayer without dropout, with batch_first. Widths that
    differ: ValueError. Source: Vaswani et al. 2017, section 3.1.
    """
    N, L, D = x.shape
    if memory.shape[::2] != (N, D):
        raise ValueError(f"x {tuple(x.shape)} with memory {tuple(memory.shape)}")
    future = torch.ones(L, L, dtype=torch.bool).triu(1)  # True: may not look
    mixed, _ = layer.self_attn(x, x, x, attn_mask=future)  # (N, L, D)
    x = layer.norm1(x + mixed)
    found, _ = layer.multihead_attn(query=x, key=memory, value=memory)  # (N, L, D)
    x = layer.norm2(x + found)
    return layer.norm3(x + layer.linear2(layer.linear1(x).relu()))


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(2, 4, 12, requires_grad=True)  # (N, L, D)
memory = torch.randn(2, 6, 12, requires_grad=True)  # (N, S, D)
layer = nn.TransformerDecoderLayer(12, 3, 24, dropout=0, batch_first=True)
output = decoder_block(x, memory, layer)  # (N, L, D)

causal = nn.Transformer.generate_square_subsequent_mask(4)  # (L, L): 0 or -inf
theirs = layer(x, memory, tgt_mask=causal)
print(f"difference from torch: {(output - theirs).abs().max():.12f}")
print("output   depends on target tokens   on source tokens")
direction = torch.randn(12)
for n in range(4):
    inputs = (x, memory)
    grads = torch.autograd.grad(output[0, n] @ direction, inputs, retain_graph=True)
    target, source = (
        "".join(".#"[int(size > 1e-12)] for size in grad[0].norm(dim=1))
        for grad in grads
    )
    print(f"{n:6d}   {target:<27}{source}")
