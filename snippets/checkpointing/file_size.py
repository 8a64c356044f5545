"""How large a file gets: whole storages, each once, and what the optimizer adds."""

import io

import torch
from torch import nn


def megabytes(state):
    """Return how much torch.save() writes, in MB of 10^6 bytes."""
    file = io.BytesIO()
    torch.save(state, file)
    return file.tell() / 1e6


def trained(optimizer_type, **options):
    """Return the states of a net of 10^6 weights and of its optimizer, after a step."""
    net = nn.Linear(1000, 1000, bias=False)
    optimizer = optimizer_type(net.parameters(), **options)
    net(torch.ones(1, 1000)).sum().backward()
    optimizer.step()
    return net.state_dict(), optimizer.state_dict()


table = torch.zeros(1000, 1000)  # float32: 4 bytes a number
tied = nn.ModuleDict({"read": nn.Embedding(1000, 1000), "write": nn.Linear(1000, 1000)})
tied["write"].weight = tied["read"].weight
states = {
    "a table, 1000 x 1000": table,
    "one row of it": table[0],
    "one row, cloned": table[0].clone(),
    "the table in bfloat16": table.bfloat16(),
    "two layers, one weight": tied.state_dict(),
    "the same, cloned": {k: v.clone() for k, v in tied.state_dict().items()},
    "10^6 weights and SGD": trained(torch.optim.SGD),
    "SGD with momentum": trained(torch.optim.SGD, momentum=0.9),
    "AdamW": trained(torch.optim.AdamW),
}
for name, state in states.items():
    print(f"{name:<22} {megabytes(state):6.2f} MB")
