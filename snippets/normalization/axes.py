"""Five norms are one function: they differ in the axes that share a mean."""

import numpy as np
import torch
import torch.nn.functional as F


def normalize(x, axes, center=True, eps=1e-5):
    """Subtract the mean of x over `axes`, divide by the standard deviation there.

    x: any shape, which is returned. With center=False the mean stays, and the divisor
    is the root mean square. No axes, which would mean all of them: ValueError.
    Source: Wu and He 2018 (arXiv 1803.08494), equations 1 to 7.
    """
    if not axes:
        raise ValueError(f"expected the axes that share a mean, got {axes}")
    if center:
        x = x - x.mean(axes, keepdim=True)
    return x / torch.sqrt(x.square().mean(axes, keepdim=True) + eps)


def norms(x, G):
    """Yield name, axes, number of means, our output and torch's for x (N, C, H, W)."""
    N, C, H, W = x.shape
    last = x.movedim(1, -1)  # (N, H, W, C)
    ours, theirs = normalize(x, (0, 2, 3)), F.batch_norm(x, None, None, training=True)
    yield "BatchNorm2d(C)", "N,H,W", C, ours, theirs
    ours, theirs = normalize(x, (1, 2, 3)), F.layer_norm(x, (C, H, W))
    yield "LayerNorm([C, H, W])", "C,H,W", N, ours, theirs
    ours, theirs = normalize(last, (3,)), F.layer_norm(last, (C,))
    yield "LayerNorm(C), C last", "C", N * H * W, ours, theirs
    ours, theirs = normalize(x, (2, 3)), F.instance_norm(x)
    yield "InstanceNorm2d(C)", "H,W", N * C, ours, theirs
    ours = normalize(x.reshape(N, G, C // G, H, W), (2, 3, 4)).reshape(x.shape)
    yield "GroupNorm(G, C)", "C/G,H,W", N * G, ours, F.group_norm(x, G)
    ours, theirs = normalize(last, (3,), center=False), F.rms_norm(last, (C,), eps=1e-5)
    yield "RMSNorm(C), C last", "C", N * H * W, ours, theirs


rng = np.random.default_rng(0)
x = torch.tensor(rng.normal(3, 2, (4, 6, 5, 7)))  # (N, C, H, W)
print(f"x {tuple(x.shape)}, G = 2\n")
print("layer                 one mean over   means   values each   off by")
for name, axes, means, ours, theirs in norms(x, G=2):
    row = f"{means:5d}   {x.numel() // means:11d}   {(ours - theirs).abs().max():.3f}"
    print(f"{name:<21} {axes:<13} {row}")

differ = compared = 0
for _ in range(2000):
    N, G, per_group, H, W = rng.integers(1, (4, 4, 4, 5, 5)) + (0, 0, 0, 1, 0)
    x = torch.tensor(rng.normal(3, 2, (N, G * per_group, H, W)))  # (N, C, H, W)
    for *_, ours, theirs in norms(x, int(G)):
        compared += 1
        differ += not torch.allclose(ours, theirs, rtol=0, atol=1e-9)
print(f"\n2000 random shapes: {compared} outputs compared, {differ} differ from torch")
