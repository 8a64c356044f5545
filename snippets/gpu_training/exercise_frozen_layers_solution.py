"""A solution: three products a layer, less those whose gradient nobody needs."""

import random

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def step_flops(widths, trained, batch):
    """Return the FLOPs of a forward and a backward pass of linear layers without bias.

    widths: of the input, then of each layer's output; trained: of each layer, do its
    weights learn? The activations between layers cost nothing here.
    """
    flops, below = 0, False  # does a layer further down learn?
    for fan_in, fan_out, learns in zip(widths, widths[1:], trained, strict=False):
        products = 1 + learns + below  # forward, for the weights, for the input
        flops += products * 2 * batch * fan_in * fan_out
        below = below or learns
    return flops


# The check
random.seed(0)
wrong = ""
for _ in range(60):
    widths = [random.randint(1, 99) for _ in range(random.randint(2, 7))]
    trained, batch = [random.random() < 0.5 for _ in widths[1:]], random.randint(1, 64)
    trained[random.randrange(len(trained))] = True  # one at least
    net = nn.Sequential()
    for fan_in, fan_out, learns in zip(widths, widths[1:], trained, strict=False):
        layer = nn.Linear(fan_in, fan_out, bias=False, device="meta")
        net += nn.Sequential(layer.requires_grad_(learns), nn.ReLU())
    with FlopCounterMode(display=False) as counter:
        net(torch.zeros(batch, widths[0], device="meta")).sum().backward()
    expected, answer = counter.get_total_flops(), step_flops(widths, trained, batch)
    if answer != expected:
        case = f"widths {widths}, trained {trained}, {batch} examples"
        wrong = f"not yet: {case}:\nexpected {expected:,}, got {answer}"
        break
print(wrong or "right: 60 networks need as many FLOPs as torch counts")
