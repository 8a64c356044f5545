"""An embedding starts at N(0, 1), far too large where it is the output matrix too."""

import math

import torch
import torch.nn.functional as F
from torch import nn

V, D = 2000, 64


def first_loss(std):
    """Return the first loss and the logits' deviation of a tied embedding."""
    torch.manual_seed(0)
    embedding = nn.Embedding(V, D)
    if std:
        nn.init.normal_(embedding.weight, 0, std)
    h = F.layer_norm(torch.randn(500, D), [D])  # (N, D): the end of a transformer
    logits = h @ embedding.weight.T  # (N, V)
    target = torch.randint(V, (500,))  # (N,)
    return F.cross_entropy(logits, target).item(), logits.std().item()


torch.set_default_dtype(torch.float64)
print(f"ln {V} = {math.log(V):.2f}")
for name, std in (
    ("torch's own, 1", None),
    ("1 / sqrt(D) = 0.125", D**-0.5),
    ("0.02", 0.02),
):
    loss, spread = first_loss(std)
    print(f"deviation {name:<20} logits {spread:5.2f}, loss {loss:6.2f}")
