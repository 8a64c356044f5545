"""FLOPs to train a transformer on one token: six per weight, and those of attention."""

import random

import torch
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode


def flops_per_token(layers, width, vocabulary, length):
    """Return the FLOPs of a step per token: 6 N (Kaplan et al. 2020) and attention's.

    N counts the weights of matrices: 12 D**2 a layer, D V behind the last. Attention
    adds 12 D L a layer (Chowdhery et al. 2022, appendix B), causal or not. L may be 0.
    """
    if min(layers, width, vocabulary, length + 1) < 1:
        raise ValueError(f"sizes too small: {layers, width, vocabulary, length}")
    weights = layers * 12 * width**2 + width * vocabulary
    return 6 * weights + layers * 12 * width * length


def utilization(flops, tokens_per_second, peak):
    """Return the share of a peak, in FLOP/s, that training at this rate uses."""
    return flops * tokens_per_second / peak


def counted(layers, width, vocabulary, length):
    """Return the FLOPs per token as torch counts them, on a device without numbers."""
    with torch.device("meta"):
        tokens = torch.zeros(length, 1, dtype=torch.long)  # (L, N)
        body = [nn.TransformerEncoderLayer(width, 1, 4 * width) for _ in range(layers)]
        ends = nn.Embedding(vocabulary, width), nn.Linear(width, vocabulary)
        net = nn.Sequential(ends[0], *body, ends[1])
    with FlopCounterMode(display=False) as counter, sdpa_kernel(SDPBackend.MATH):
        net(tokens).sum().backward()
    return counter.get_total_flops() / length


print("layers     D      V      L   GFLOPs counted  6 N alone")
for sizes in ([12, 768, 50257, 1024], [12, 768, 50257, 16384], [1, 4096, 32000, 4096]):
    found, six_n = counted(*sizes), flops_per_token(*sizes[:3], 0)
    row = "{:6d} {:5d} {:6d} {:6d}".format(*sizes)
    print(f"{row} {found / 1e9:16.2f}  {six_n / found:9.0%}")
random.seed(0)
draws = [[random.randint(1, most) for most in (2, 64, 99, 64)] for _ in range(20)]
wrong = sum(counted(*draw) != flops_per_token(*draw) for draw in draws)
print(f"formula against {len(draws)} random transformers: {wrong} differ")

weights, attention = 540.35e9, 12 * 118 * 48 * 256 * 2048  # PaLM: layers, heads, E, L
for name, flops in (("with", 6 * weights + attention), ("without", 6 * weights)):
    share = utilization(flops, 238.3e3, 6144 * 275e12)  # tokens/s, chips of 275 TFLOP/s
    print(f"PaLM, {name} attention: {share:.1%} of the peak")
