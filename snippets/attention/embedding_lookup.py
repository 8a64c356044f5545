"""An embedding is a table: a lookup equals a one-hot vector times the matrix."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
table = nn.Embedding(num_embeddings=9, embedding_dim=4, dtype=torch.float64)
tokens = torch.tensor([[3, 1, 3], [0, 7, 1]])  # (N, L), integers

looked_up = table(tokens)  # (N, L, D)
one_hot = F.one_hot(tokens, 9).double()  # (N, L, V)
product = one_hot @ table.weight  # (N, L, D)
print(f"tokens {tuple(tokens.shape)} -> vectors {tuple(looked_up.shape)}")
print(f"difference from one-hot @ table: {(looked_up - product).abs().max():.12f}")

looked_up.sum().backward()
print("gradient of each row:", table.weight.grad[:, 0].int().tolist())

try:
    table(torch.tensor([9]))
except IndexError as error:
    print(f"token 9 of 0 to 8: IndexError: {error}")
