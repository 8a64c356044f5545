"""A solution: dropout multiplies the mean square, so the weights make up for it."""

import random

import torch
import torch.nn.functional as F


def deviation(fan_in, fan_out, p_drop):
    """Return the standard deviation of weights that keep the mean square of z.

    z -> ReLU -> dropout, in training, with probability p_drop -> linear layer -> z'
    """
    return (2 * (1 - p_drop) / fan_in) ** 0.5


# The check
random.seed(0)
torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
wrong = ""
for _ in range(10):
    fan_in, fan_out = random.randint(100, 200), random.randint(300, 500)
    p_drop = random.uniform(0.2, 0.7)
    z = torch.randn(1000, fan_in) * random.uniform(0.2, 5)  # (N, D)
    w = torch.randn(fan_out, fan_in)  # (out, in), of deviation 1
    after = F.dropout(z.relu(), p_drop) @ w.T  # (N, out)
    answer = deviation(fan_in, fan_out, p_drop)
    kept = (answer or 0) ** 2 * after.square().mean() / z.square().mean()
    if not 0.9 < kept < 1.1:
        case = f"fan_in {fan_in}, fan_out {fan_out}, p_drop {p_drop:.2f}"
        wrong = f"not yet: {case}: expected 1.0 of the mean square, got {kept:.1f}"
        break
print(wrong or "right: 10 layers keep the mean square of their inputs")
