"""Stopping at three times the first loss ends the lost runs, and two good ones."""

import math

import torch


def exploded(loss, first, factor=3.0):
    """Say whether a loss is above factor times the first; nan counts as above."""
    return not loss <= factor * first  # nan > x is False: loss > x would go on for ever


def train(rate, width=200, steps=60):
    """Return the losses (steps + 1,) of a two-layer linear network on one example.

    The output is u v / sqrt(width), the target 1, the loss half the squared difference.
    """
    torch.manual_seed(0)
    u, v = torch.randn(2, width)  # (width,), (width,)
    losses = []
    for _ in range(steps + 1):
        off = u @ v / width**0.5 - 1
        losses.append((off**2 / 2).item())
        push = rate * off / width**0.5
        u, v = u - push * v, v - push * u
    return losses


torch.set_default_dtype(torch.float64)
print(f"nan > 3: {math.nan > 3}; not nan <= 3: {not math.nan <= 3}\n")
print("rate   largest loss / first   last loss   the rule stops it")
for rate in (0.1, 0.5, 0.9, 1.2, 1.5, 2.5, 4.0):
    losses = train(rate)
    stops = [step for step, loss in enumerate(losses) if exploded(loss, losses[0])]
    largest = max(losses) / losses[0]
    peak = "over 1000" if not largest <= 1000 else f"{largest:.1f}"
    last = f"{losses[-1]:.4f}" if losses[-1] < 1e6 else "lost"
    print(
        f"{rate:4.1f}{peak:>23}{last:>12}   {f'at step {stops[0]}' if stops else 'no'}"
    )
