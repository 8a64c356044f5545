"""From layer norm to instance norm: what the number of groups changes."""

import torch
import torch.nn.functional as F


def statistics(N, C, H, W, groups):
    """Return how many means group norm takes, and of how many values each.

    Groups that do not divide C: ValueError. Source: Wu and He 2018, equation 7.
    """
    if groups < 1 or C % groups:
        raise ValueError(f"{groups} groups do not divide {C} channels")
    return N * groups, C // groups * H * W


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
N, C, H, W = 32, 64, 14, 14
noise = torch.randn(N, C, H, W)  # (N, C, H, W)  independent values, mean 0, std 1

print(f"x {tuple(noise.shape)}: the error of a mean, in standard deviations")
for groups in (1, 8, 32, 64):
    means, values = statistics(N, C, H, W, groups)
    error = noise.reshape(N, groups, values).mean(-1).square().mean().sqrt()
    print(f"G = {groups:2d}: {means:4d} means of {values:5d} values, error {error:.3f}")

layer = instance = 0
for _ in range(2000):
    shape = torch.randint(1, 6, (4,)).tolist()
    shape[2] += 1  # two values in each channel at least
    x = 100 + torch.randn(shape)  # (N, C, H, W)
    one, each = F.group_norm(x, 1), F.group_norm(x, shape[1])
    layer += not torch.allclose(one, F.layer_norm(x, shape[1:]))
    instance += not torch.allclose(each, F.instance_norm(x))
print("of 2000 random shapes")
print(f"G = 1 differs from layer norm over C, H, W in {layer}")
print(f"G = C differs from instance norm in {instance}")
