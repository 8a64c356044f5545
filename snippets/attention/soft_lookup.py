"""A lookup that is soft: the output mixes all values, and sharpens with the scores."""

import torch
import torch.nn.functional as F

query = torch.tensor([[1.0, 0.5]], dtype=torch.float64)  # (L, E)
key = torch.tensor([[2.0, 0], [0, 2], [-1, 0], [1, 1.4]]).double()  # (S, E)
value = torch.tensor([[10.0], [20], [30], [40]], dtype=torch.float64)  # (S, E_v)

print("scores  ", "".join(f"{s:8.2f}" for s in (query @ key.T)[0].tolist()))
print("values  ", "".join(f"{v:8.0f}" for v in value[:, 0].tolist()), "  output")
print("sharpness            weights")
for sharpness in (0, 0.5, 1, 4, 20, 100):
    weights = (sharpness * query @ key.T).softmax(dim=1)  # (L, S)
    output = F.scaled_dot_product_attention(query, key, value, scale=sharpness)
    row = "".join(f"{w:8.2f}" for w in weights[0].tolist())
    print(f"{sharpness:8g} {row}{output.item():9.2f}")
