"""A solution: each norm adds two parameters a channel, also on the shortcut."""

import random

import torch
from torch import nn


def parameters(inputs, inner, outputs, stride):
    """Return the parameters of a bottleneck: 1x1, 3x3, 1x1, each with batch norm.

    No convolution has a bias. The shortcut is a 1x1 convolution with batch norm where
    the shape changes, and nothing where it does not.
    """
    branch = inputs * inner + 9 * inner * inner + inner * outputs
    norms = 2 * (inner + inner + outputs)
    if inputs == outputs and stride == 1:
        return branch + norms
    return branch + norms + inputs * outputs + 2 * outputs


# The check
def layer(inputs, outputs, size, stride=1):
    convolution = nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False)
    return [convolution, nn.BatchNorm2d(outputs)]


random.seed(0)
wrong = ""
with torch.device("meta"):
    for _ in range(200):
        inputs, inner, outputs = (random.randint(1, 300) for _ in range(3))
        outputs, stride = random.choice((inputs, outputs)), random.choice((1, 2))
        layers = layer(inputs, inner, 1) + layer(inner, inner, 3, stride)
        layers += layer(inner, outputs, 1)
        if (inputs, 1) != (outputs, stride):
            layers += layer(inputs, outputs, 1, stride)
        count = sum(w.numel() for part in layers for w in part.parameters())
        answer = parameters(inputs, inner, outputs, stride)
        if answer != count and not wrong:
            wrong = f"{inputs}, {inner}, {outputs}, {stride}: {count}, got {answer}"
print(f"not yet: {wrong}" if wrong else "right: 200 blocks agree with torch")
