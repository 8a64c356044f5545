"""A network cannot relate what never falls into one field: two distant marks."""

import torch
from torch import nn

LENGTH = 32


def marks(count, generator):
    """Return x (N, L, 1), two marks on a ring, and y (N,): 1 if 11 apart, 0 if 9."""
    y = torch.arange(count) % 2  # (N,)
    first = torch.randint(LENGTH, (count,), generator=generator)  # (N,)
    x = torch.zeros(count, LENGTH, 1)  # (N, L, C)
    x[torch.arange(count), first] = 1
    x[torch.arange(count), (first + 9 + 2 * y) % LENGTH] = 1
    return x, y


class RingConv(nn.Linear):
    """A 3-wide convolution; a ring has no border to tell places by."""

    def __init__(self, channels, width, dilation):
        super().__init__(3 * channels, width)
        self.dilation = dilation

    def forward(self, x):  # (N, L, C)
        steps = (-self.dilation, 0, self.dilation)
        sides = [x.roll(step, dims=1) for step in steps]
        return super().forward(torch.cat(sides, dim=2)).tanh()  # (N, L, width)


def accuracy(dilations, width=8):
    """Train layers, a mean over the ring and scores; return the test accuracy."""
    generator = torch.Generator().manual_seed(0)
    torch.manual_seed(0)
    channels = [1] + [width] * len(dilations)
    layers = nn.Sequential(*map(RingConv, channels, channels[1:], dilations))
    scores = nn.Linear(width, 2)
    optimizer = torch.optim.Adam([*layers.parameters(), *scores.parameters()], 0.02)
    x, y = marks(128, generator)
    for _ in range(200):
        loss = nn.functional.cross_entropy(scores(layers(x).mean(dim=1)), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    x, y = marks(128, generator)
    right = scores(layers(x).mean(dim=1)).argmax(dim=1) == y  # (N,)
    return right.double().mean().item()


torch.set_default_dtype(torch.float64)
for dilations in ((1, 1, 1), (1, 2, 1), (1, 2, 4)):
    size = 1 + 2 * sum(dilations)
    print(f"dilations {dilations}: field {size:2d}, accuracy {accuracy(dilations):.1f}")
