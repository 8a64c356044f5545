"""A transposed convolution with fixed weights that is bilinear interpolation."""

import torch
import torch.nn.functional as F


def bilinear_kernel(scale):
    """Return the weights (k, k) with which stamps `scale` apart interpolate.

    k = 2 * scale - scale % 2, to be used with stride=scale and padding=scale // 2.
    A scale below 1: ValueError.
    Source: the bilinear start of Long et al. 2015 (arXiv 1411.4038).
    """
    if scale < 1:
        raise ValueError(f"expected a scale of 1 or more, got {scale}")
    k = 2 * scale - scale % 2
    distance = (torch.arange(k) - (k - 1) / 2).abs()  # (k,): from the center
    line = 1 - distance / scale  # (k,)
    return torch.outer(line, line)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
print(f"scale 2, in sixteenths:\n{(16 * bilinear_kernel(2)).int().numpy()}")
x = torch.randn(2, 3, 5, 7)  # (N, C, H, W)
for scale in (2, 3, 4):
    kernel = bilinear_kernel(scale)
    w = kernel.expand(3, 1, -1, -1)  # (C_in, C_out / groups, k, k): one per channel
    theirs = F.interpolate(x, scale_factor=scale, mode="bilinear")  # (N, C, H', W')
    options = {"stride": scale, "groups": 3}
    y = F.conv_transpose2d(x, w, padding=scale // 2, **options)
    edge = F.pad(x, (1, 1, 1, 1), mode="replicate")  # (N, C, H + 2, W + 2)
    z = F.conv_transpose2d(edge, w, padding=scale // 2 + scale, **options)
    off, b = (y - theirs).abs(), scale // 2
    print(f"scale {scale}: inside off by {off[..., b:-b, b:-b].max():.3f}", end=", ")
    print(f"border by {off.max():.1f}, and by {(z - theirs).abs().max():.3f}", end=" ")
    print("with the edge repeated")
