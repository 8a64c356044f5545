"""Generation goes token by token; keys and values of the past are kept, not redone."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
L, D = 6, 8
w_q, w_k, w_v = torch.randn(3, D, D, dtype=torch.float64) / D**0.5
x = torch.randn(L, D, dtype=torch.float64)  # (L, D)

# Training knows all tokens: one pass gives the outputs of all positions.
full = F.scaled_dot_product_attention(
    (x @ w_q)[None], (x @ w_k)[None], (x @ w_v)[None], is_causal=True
)[0]  # (L, D)

# Generation knows a token only when the one before is done.
keys, values, outputs = x.new_empty(0, D), x.new_empty(0, D), []
for token in x.split(1):  # (1, D)
    keys = torch.cat((keys, token @ w_k))  # (t, D)
    values = torch.cat((values, token @ w_v))  # (t, D)
    step = F.scaled_dot_product_attention(
        (token @ w_q)[None], keys[None], values[None]
    )  # no mask: the past is all there is
    outputs.append(step[0])
off = (torch.cat(outputs) - full).abs().max()
print(f"step by step against one masked pass: {off:.12f}")
print(f"tokens projected to keys: {L} with the cache, {L * (L + 1) // 2} without")

print("\ncache of 32 layers, heads of width 128, 2 bytes a number")
print("key and value heads   a token, KiB   8192 tokens, MiB")
for heads in (32, 8, 1):
    size = 2 * 32 * heads * 128 * 2  # bytes a token: keys and values
    print(f"{heads:19d}{size // 1024:15d}{8192 * size // 2**20:19d}")
