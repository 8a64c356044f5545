"""A solution: gradients of each output, and the last place where they are not 0."""

import torch
from torch import nn


def future(network, x):
    """Return how many later inputs, at most, an output depends on; 0 for a causal one.

    x: (N, C, L), random numbers; network(x): (N, K, L), an output for each place.
    """
    x = x.clone().requires_grad_()
    y, furthest = network(x), 0
    for place in range(y.shape[2]):
        output = (
            y[:, :, place] * torch.randn(y.shape[:2])
        ).sum()  # no chance to cancel
        (gradient,) = torch.autograd.grad(output, x, retain_graph=True)  # (N, C, L)
        seen = (gradient != 0).any(dim=1).any(dim=0).nonzero()  # (places seen, 1)
        if len(seen):
            furthest = max(furthest, seen[-1].item() - place)
    return furthest


# The check
class Shift(nn.Module):
    def __init__(self, places):
        super().__init__()
        self.places = places

    def forward(self, x):
        return x.roll(-self.places, dims=2)  # place l gets what stood at l + places


class Cut(nn.Module):
    def forward(self, x):
        return x[..., :-4]


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x = torch.randn(3, 2, 11)  # (N, C, L)
causal = nn.Sequential(nn.Conv1d(2, 5, 3, padding=4, dilation=2), Cut())
wrong = ""
for name, network, expected in (
    ("a 1-wide convolution", nn.Conv1d(2, 5, 1), 0),
    ("a 3-wide convolution", nn.Conv1d(2, 5, 3, padding=1), 1),
    ("padded on the left alone", causal, 0),
    ("the next input, negated", nn.Sequential(Shift(1), nn.Conv1d(2, 1, 1)), 1),
    ("7-wide, then causal", nn.Sequential(nn.Conv1d(2, 2, 7, padding=3), causal), 3),
    ("softmax over places", nn.Softmax(dim=2), 10),
    ("batch norm, training", nn.BatchNorm1d(2), 10),
):
    found = future(network, x)
    if found != expected:
        wrong = f"not yet: {name} looks {expected} ahead, future() gives {found}"
        break
print(wrong or "right: seven networks")
