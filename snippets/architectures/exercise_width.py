"""Exercise: how wide may a network get on a budget of multiply-adds?"""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def network(width):
    """Return four stages of two 3x3 convolutions, the first of each with stride 2."""
    layers, inputs = [], 3
    for stage in range(4):
        outputs = width * 2**stage
        layers += [nn.Conv2d(inputs, outputs, 3, 2, 1), nn.ReLU()]
        layers += [nn.Conv2d(outputs, outputs, 3, 1, 1), nn.ReLU()]
        inputs = outputs
    return nn.Sequential(*layers)


def widest(budget):
    """Return the largest width with at most `budget` MACs at 224 x 224."""
    ...  # your turn


# The check
def macs(width):
    with torch.device("meta"), FlopCounterMode(display=False) as flops:
        network(width)(torch.empty(1, 3, 224, 224))
    return flops.get_total_flops() // 2


wrong = ""
for budget in (10**8, 10**9, 3 * 10**9, macs(20), macs(20) - 1):
    answer = widest(budget)
    if not isinstance(answer, int) or not 1 <= answer < 500:
        wrong = wrong or f"not yet: expected a width for {budget:,} MACs, got {answer}"
    elif not macs(answer) <= budget < macs(answer + 1):
        both = (
            f"width {answer} needs {macs(answer):,}, {answer + 1}: {macs(answer + 1):,}"
        )
        wrong = wrong or f"not yet: expected to fill {budget:,} MACs, got {both}"
print(wrong or "right: each budget is filled as far as it goes")
