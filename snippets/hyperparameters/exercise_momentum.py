"""Exercise: draw momentums so that all lengths of their averages get a share."""

import torch


def draw_momentum(generator, count, low=0.9, high=0.999):
    """Return momentums (count,) between low and high.

    Momentum m averages over about 1 / (1 - m) gradients. Lengths from 10 to 100 shall
    come up as often as those from 100 to 1,000.
    """
    ...  # your turn


# The check
torch.set_default_dtype(torch.float64)
count, wrong = 100_000, ""
for low, high in ((0.9, 0.999), (0.5, 0.99)):
    momentum = draw_momentum(torch.Generator().manual_seed(0), count, low, high)
    if momentum is None or momentum.shape != (count,):
        shape = None if momentum is None else tuple(momentum.shape)
        wrong = f"not yet: expected shape ({count},), got {shape}"
        break
    if momentum.min() < low or momentum.max() > high or len(momentum.unique()) < 1000:
        wrong = f"not yet: expected many values from {low} to {high}"
        break
    lengths = 1 / (1 - momentum)  # (count,)
    shortest, longest = 1 / (1 - low), 1 / (1 - high)
    for parts in (
        2,
        5,
    ):  # lengths, cut into ranges each as many times as long as the last
        ratio = (longest / shortest) ** (1 / parts)
        for part in range(parts):
            start, end = shortest * ratio**part, shortest * ratio ** (part + 1)
            share = ((lengths >= start) & (lengths < end)).double().mean().item()
            if not wrong and abs(share - 1 / parts) > 0.02:
                wrong = f"not yet: lengths from {start:.0f} to {end:.0f}: expected "
                wrong += f"{1 / parts:.1f} of the draws, got {share:.1f}"
print(wrong or "right: each range of lengths gets its share")
