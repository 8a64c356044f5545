"""inplace=True overwrites its input, which some layers need for their backward pass."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)
x = torch.ones(4, 6)  # (N, D)
y = F.dropout(x, 0.5, inplace=True)  # (N, D)
print(f"the input is the output: {y is x}, and its ones are now {x.unique().tolist()}")

layers = {
    "Linear": nn.Identity(),
    "ReLU": nn.ReLU(),
    "Sigmoid": nn.Sigmoid(),
    "GELU": nn.GELU(),
    "LayerNorm": nn.LayerNorm(5),
}
for name, layer in layers.items():
    net = nn.Sequential(nn.Linear(6, 5), layer, nn.Dropout(0.5, inplace=True))
    results = []
    for mode in (True, False):
        try:
            net.train(mode)(torch.ones(4, 6)).sum().backward()
            results.append("works")
        except RuntimeError as error:
            assert "modified by an inplace operation" in str(error)
            results.append("fails")
    print(f"after {name:<9}  training {results[0]}, evaluation {results[1]}")
