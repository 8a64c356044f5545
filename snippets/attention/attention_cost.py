"""What a block costs by length: the attention part grows with its square."""

import random

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def macs(length, width, hidden):
    """Return multiply-accumulates of a block, one example: linear parts, attention.

    Linear: four projections and the feed-forward part. Attention: scores and mixing.
    """
    if min(length, width, hidden) < 1:
        raise ValueError(f"length {length}, width {width}, hidden {hidden}")
    linear = length * (4 * width**2 + 2 * width * hidden)
    return linear, 2 * length**2 * width


D, HEADS = 512, 8
print(f"one block of width {D}                   tables of       recurrent layer")
print("length    linear  attention, 10^9 MACs   weights, MiB   10^9 MACs     steps")
for length in (128, 1024, 3072, 8192, 65536):
    linear, attention = macs(length, D, 4 * D)
    table = 4 * HEADS * length**2 / 2**20  # 4 bytes a number
    recurrent = 2 * length * D**2  # two matrices a step
    print(
        f"{length:6d}{linear / 1e9:10.2f}{attention / 1e9:11.2f}"
        f"{table:25,.1f}{recurrent / 1e9:12.2f}{length:10d}"
    )

draw, wrong, COUNT = random.Random(0), 0, 50
for _ in range(COUNT):
    heads, length = draw.randint(1, 8), draw.randint(1, 500)
    width, hidden = heads * draw.randint(1, 16), draw.randint(1, 200)
    layer = nn.TransformerEncoderLayer(width, heads, hidden, 0, device="meta")
    x = torch.empty(length, 1, width, device="meta")  # (L, N, D)
    with FlopCounterMode(display=False) as counter:
        layer(x)
    wrong += counter.get_total_flops() != 2 * sum(macs(length, width, hidden))
print(f"{COUNT} random blocks against torch's counter: {wrong} differ")
