"""How often each input pixel counts in a strided convolution, by its gradient."""

import torch
import torch.nn.functional as F

for kernel, stride in ((3, 1), (3, 2), (4, 2), (2, 2), (1, 2)):
    x = torch.zeros(1, 1, 33, 35, requires_grad=True)  # (N, C_in, H, W)
    w = torch.ones(1, 1, kernel, kernel)  # (C_out, C_in, kH, kW)
    F.conv2d(x, w, stride=stride).sum().backward()
    inside = x.grad[..., 8:24, 8:24]  # (N, C_in, 16, 16)
    times, pixels = inside.unique(return_counts=True)
    shares = zip(times, pixels / inside.numel(), strict=True)
    row = ", ".join(f"{share:.0%} of pixels {n:.0f} times" for n, share in shares)
    print(f"kernel {kernel}, stride {stride}: {row}")
