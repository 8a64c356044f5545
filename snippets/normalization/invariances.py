"""The share of outputs that move when a part of the input is stretched or shifted."""

import torch
import torch.nn.functional as F


def last(norm, x):
    """Apply a norm of the last axis to the channels of x (N, C, H, W)."""
    return norm(x.movedim(1, -1), (x.shape[1],)).movedim(-1, 1)


norms = {
    "BatchNorm": lambda x: F.batch_norm(x, None, None, training=True),
    "LayerNorm, C,H,W": lambda x: F.layer_norm(x, x.shape[1:]),
    "LayerNorm, C": lambda x: last(F.layer_norm, x),
    "GroupNorm, G = 2": lambda x: F.group_norm(x, 2),
    "InstanceNorm": F.instance_norm,
    "RMSNorm, C": lambda x: last(F.rms_norm, x),
}

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(4, 6, 5, 7)  # (N, C, H, W)
example, channel, pixel = (torch.zeros_like(x) for _ in range(3))
example[0] = channel[:, 0] = pixel[:, :, 0, 0] = 1  # which values are touched
parts = {"example": example, "channel": channel, "pixel": pixel}


def share_moved(norm, touched):
    """Return which share of the outputs moves by more than 0.001."""
    return ((norm(touched) - norm(x)).abs() > 1e-3).double().mean()


print("                     one times 3                   one plus 3")
print("                 " + 2 * "".join(f"{part:>10}" for part in parts))
for name, norm in norms.items():
    times = [share_moved(norm, x * (1 + 2 * part)) for part in parts.values()]
    plus = [share_moved(norm, x + 3 * part) for part in parts.values()]
    print(f"{name:<17}" + "".join(f"{share:10.2f}" for share in times + plus))
