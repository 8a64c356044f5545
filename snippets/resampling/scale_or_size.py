"""A scale that does not divide the size: scale_factor and size differ."""

import torch
import torch.nn.functional as F

x = torch.arange(5, dtype=torch.float64)[None, None]  # (N, C, L)
print("5 inputs, 2.5 times as many                   outputs")
for options in (
    {"scale_factor": 2.5},
    {"scale_factor": 2.5, "recompute_scale_factor": True},
    {"size": 12},
):
    y = F.interpolate(x, mode="linear", **options)[0, 0]  # (12,)
    first = "".join(f"{v:6.3f}" for v in y[:3].tolist())
    name = ", ".join(f"{key}={value}" for key, value in options.items())
    print(f"{name:<46}{len(y)}:{first} ... {y[-1]:.3f}")
