"""Relatives of dropout: what they do to a normal input, and what falls together."""

import torch
from torch import nn


def check(p_drop):
    """Raise ValueError if p_drop is not 0 <= p_drop < 1."""
    if not 0 <= p_drop < 1:
        raise ValueError(f"p_drop has to be at least 0 and below 1, got {p_drop}")


def drop_path(x, p_drop):
    """Return x (N, ...) with whole examples 0, by chance p_drop, others / (1 - p_drop).

    For the branch of a residual block, in training. p_drop: see check.
    Source: Huang et al. 2016 (arXiv 1603.09382), here inverted.
    """
    check(p_drop)
    keep = torch.rand(len(x), *[1] * (x.dim() - 1), dtype=x.dtype) >= p_drop
    return x * keep / (1 - p_drop)


def gaussian_dropout(x, p_drop):
    """Return x times normal noise with the mean and the variance of dropout's factor.

    x: any shape. p_drop: see check. Source: Srivastava et al. 2014, section 10.
    """
    check(p_drop)
    return x * (1 + (p_drop / (1 - p_drop)) ** 0.5 * torch.randn_like(x))


torch.manual_seed(0)
x = torch.randn(4000, 3, 4, 5)  # (N, C, H, W)
relatives = {
    "Dropout": nn.Dropout(0.5),
    "Dropout2d": nn.Dropout2d(0.5),
    "drop path": lambda x: drop_path(x, 0.5),
    "Gaussian": lambda x: gaussian_dropout(x, 0.5),
    "AlphaDropout": nn.AlphaDropout(0.5),
}
ones = torch.ones_like(x)  # (N, C, H, W)  shows the fate of each value
print("                           fate shared with")
print("              mean   std   another pixel  another channel")
for name, layer in relatives.items():
    y, fate = layer(x), layer(ones)  # (N, C, H, W) each
    pixels = torch.stack([fate[:, 0, 0, 0], fate[:, 0, 2, 3], fate[:, 1, 0, 0]])
    shared = pixels.corrcoef()[0, 1:].abs()  # (2,)
    print(f"{name:<12}  {y.mean().abs():4.1f}  {y.std():4.1f}", end="")
    print(f"{shared[0]:16.1f}{shared[1]:17.1f}")
