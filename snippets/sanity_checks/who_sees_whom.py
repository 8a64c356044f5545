"""Which examples an output depends on: gradients find a batch that got mixed up."""

import torch
from torch import nn


def sees(network, x):
    """Return (N, N), True at i, j if output i depends on example j.

    x: (N, ...), random numbers; network(x): (N, ...). Anything else than one output
    for each example: ValueError.
    """
    x = x.clone().requires_grad_()
    y = network(x)
    if len(y) != len(x):
        raise ValueError(f"{len(x)} examples went in and {len(y)} came out")
    rows, y = [], y.flatten(1)  # (N, K)
    for output in y @ torch.randn(y.shape[1]):  # a plain sum of softmax is always 1
        (gradient,) = torch.autograd.grad(output, x, retain_graph=True)  # (N, ...)
        rows.append((gradient.flatten(1) != 0).any(dim=1))  # (N,)
    return torch.stack(rows)


class Channels(nn.Module):
    """Give each channel's pixels to one linear layer, with or without a mistake."""

    def __init__(self, mistake):
        super().__init__()
        self.linear, self.mistake = nn.Linear(12, 2), mistake

    def forward(self, x):  # (N, C, H, W)
        if self.mistake:  # (C, N, H * W) in memory, read as if it were (N, C, H * W)
            x = x.transpose(0, 1).reshape(len(x), x.shape[1], -1)
        return self.linear(x.flatten(2))  # (N, C, 2)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x = torch.randn(6, 5, 3, 4)  # (N, C, H, W)
dense = nn.Sequential(nn.Flatten(), nn.Linear(60, 10))
print("outputs depend on             examples in each row of a batch of 6")
for name, network in {
    "a convolution": nn.Conv2d(5, 2, 3),
    "flatten(1), then linear": dense,
    "softmax(dim=1) at the end": nn.Sequential(dense, nn.Softmax(dim=1)),
    "softmax(dim=0) at the end": nn.Sequential(dense, nn.Softmax(dim=0)),
    "pixels of each channel": Channels(mistake=False),
    "reshape for a transpose": Channels(mistake=True),
    "batch norm, training": nn.BatchNorm2d(5),
    "batch norm, evaluation": nn.BatchNorm2d(5).eval(),
}.items():
    table = sees(network, x)
    own = bool(table.equal(torch.eye(6, dtype=torch.bool)))
    row = " ".join(str(n) for n in table.sum(dim=1).tolist())
    print(f"{name:<30}{row}   {'its own alone' if own else 'OTHERS'}")
