"""One pass against the ensemble of all masked networks: which mean it stands for."""

import torch


def geometric_mean(probabilities, chance):
    """Return the normalized geometric mean (C,) of distributions (M, C), weights (M,).

    Weights of another shape, or that do not sum to 1: ValueError.
    Source: Hinton et al. 2012 (arXiv 1207.0580); Baldi and Sadowski 2013.
    """
    if chance.shape != probabilities.shape[:1] or abs(chance.sum() - 1) > 1e-9:
        got = f"{tuple(probabilities.shape)}, {tuple(chance.shape)}"
        raise ValueError(f"expected (M, C), (M,) and sum 1, got {got}, {chance.sum()}")
    return (chance @ probabilities.log()).softmax(0)  # (C,)


def every_mask(d, p_drop):
    """Return all masks (2^d, d), kept units 1 / (1 - p_drop), and chances (2^d,)."""
    masks = torch.cartesian_prod(*[torch.tensor([0.0, 1.0])] * d)  # (2^d, d)
    kept = masks.sum(1)  # (2^d,)
    return masks / (1 - p_drop), (1 - p_drop) ** kept * p_drop ** (d - kept)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x, w1 = torch.randn(6), torch.randn(6, 7)  # (D,), (D, H)
w2 = torch.randn(7, 3) / 5  # (H, C)


def classify(input_mask, hidden_mask):
    """Return the class probabilities (..., C) of a ReLU network under masks."""
    return (((x * input_mask) @ w1).relu() * hidden_mask @ w2).softmax(-1)


inputs, input_chance = every_mask(6, 0.5)  # (64, D), (64,)
hidden, hidden_chance = every_mask(7, 0.5)  # (128, H), (128,)
both = classify(inputs[:, None], hidden).flatten(0, 1)  # (8192, C)
cases = {
    "before the last layer": (classify(1, hidden), hidden_chance),
    "before the first layer": (classify(inputs, 1), input_chance),
    "before both": (both, torch.outer(input_chance, hidden_chance).flatten()),
}
one_pass = classify(1, 1)  # (C,)
print("one pass without dropout  ", *(f"{p:.3f}" for p in one_pass))
for name, (probabilities, chance) in cases.items():
    print(f"dropout {name}: {len(probabilities)} networks")
    means = geometric_mean(probabilities, chance), chance @ probabilities  # (C,), (C,)
    for kind, mean in zip(("geometric", "arithmetic"), means, strict=True):
        off = (mean - one_pass).abs().max()
        print(f"  their {kind:<10} mean   ", *(f"{p:.3f}" for p in mean), end="")
        print(f"   off by {off:.6f}")
