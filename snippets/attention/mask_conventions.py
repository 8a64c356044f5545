"""Three traps of masks in torch: what True means, empty rows, and which corner."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(1, 4, 6)  # (N, L, D)
layer = nn.MultiheadAttention(6, 1, batch_first=True)
lower = torch.ones(4, 4, dtype=torch.bool).tril()  # (L, S)

print("who sees whom, with True on and below the diagonal")
functional = F.scaled_dot_product_attention(x, x, torch.eye(4)[None], attn_mask=lower)
_, module = layer(x, x, x, attn_mask=lower)
_, inverted = layer(x, x, x, attn_mask=~lower)
for name, weights in (
    ("F.scaled_dot_product_attention", functional),
    ("nn.MultiheadAttention", module),
    ("nn.MultiheadAttention, ~mask", inverted),
):
    rows = ["".join(".#"[int(w > 0)] for w in row) for row in weights[0]]
    print(f"{name:<32}{' '.join(rows)}")

nothing = lower.clone()
nothing[2] = False  # query 2 may look nowhere
output = F.scaled_dot_product_attention(x, x, x, attn_mask=nothing)
print("\nquery 2 may look nowhere")
print(f"F.scaled_dot_product_attention            output {output[0, 2].norm():.1f}")
for need in (True, False):
    output, _ = layer(x, x, x, attn_mask=~nothing, need_weights=need)
    nan = output[0, 2].isnan().any().item()
    print(f"nn.MultiheadAttention, need_weights={need!s:<5} nan: {nan}")

print("\nis_causal with 1 query and 4 keys")
last = F.scaled_dot_product_attention(x[:, -1:], x, torch.eye(4)[None], is_causal=True)
print("the query sees", "".join(".#"[int(w > 0)] for w in last[0, 0]))
