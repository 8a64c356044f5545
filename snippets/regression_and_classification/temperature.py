"""A temperature moves softmax between the largest score alone and no preference."""

import torch


def softmax(z, temperature=1.0):
    """Return exp(z / T) over its sum along the last axis; z: (..., C).

    A temperature T that is not above 0: ValueError. Source: Hinton, Vinyals and Dean
    2015 (arXiv 1503.02531), equation 1.
    """
    if not temperature > 0:
        raise ValueError(f"the temperature has to be above 0, got {temperature}")
    z = (z - z.max(dim=-1, keepdim=True).values) / temperature
    return z.exp() / z.exp().sum(dim=-1, keepdim=True)


torch.set_default_dtype(torch.float64)
scores = torch.tensor([2.0, 1.0, 0.3, -1.0])  # (C,)
tied = torch.tensor([2.0, 2.0, 0.3, -1.0])  # (C,)
print("temperature   scores 2.0  1.0  0.3 -1.0      2.0  2.0  0.3 -1.0")
off = 0.0
for temperature in (0.01, 0.2, 1.0, 5.0, 1000.0):
    cells = []
    for z in (scores, tied):
        ours = softmax(z, temperature)  # (C,)
        off = max(off, (ours - torch.softmax(z / temperature, dim=-1)).abs().max())
        cells.append("".join(f"{share:5.2f}" for share in ours))
    print(f"{temperature:11g}      {cells[0]}     {cells[1]}")
print(f"largest difference from torch.softmax(z / T): {off:.12f}")
