"""Two masks: a causal one hides the future, a padding one hides filler."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
L, length = 5, 3  # places, and how many of them hold tokens
q, k, v = torch.randn(3, 1, L, 4, dtype=torch.float64)  # (N, L, E) each

causal = torch.ones(L, L, dtype=torch.bool).tril()  # (L, S), True: may look
padding = (torch.arange(L) < length).expand(L, L)  # (L, S)
for name, mask in (("causal", causal), ("padding", padding)):
    rows = ["".join("#" if may else "." for may in row) for row in mask.tolist()]
    print(f"{name:<9}{'  '.join(rows)}")

attend = F.scaled_dot_product_attention
output = attend(q, k, v, attn_mask=causal)  # (N, L, E)
off = (output - attend(q, k, v, is_causal=True)).abs().max()
print(f"\ncausal mask against is_causal=True: {off:.12f}")

later = k.clone()
later[:, 4] += 1  # another last token
moved = (attend(q, later, v, attn_mask=causal) - output).abs().amax(dim=(0, 2))  # (L,)
print("another last key moves outputs:", (moved > 1e-9).int().tolist())

output = attend(q, k, v, attn_mask=padding)[:, :length]
short = attend(q[:, :length], k[:, :length], v[:, :length])
print(f"padded against cut to length: {(output - short).abs().max():.12f}")

# Zeros written after the softmax: the future has already taken its share.
zeroed = (q @ k.transpose(1, 2) / 2).softmax(dim=2) * causal  # (N, L, S)
sums = "".join(f"{row:6.2f}" for row in zeroed[0].sum(dim=1).tolist())
print("zeroed after the softmax, rows sum to", sums)
