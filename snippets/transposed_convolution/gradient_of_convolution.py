"""Forward and backward change places: each convolution is the other's gradient."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
options = {"stride": (2, 3), "padding": (1, 2), "groups": 2, "dilation": (1, 2)}
w = torch.randn(6, 2, 3, 5)  # (C_out, C_in / groups, kH, kW)

# The gradient of a convolution with respect to its input is a transposed convolution.
x = torch.randn(2, 4, 8, 13, requires_grad=True)  # (N, C_in, H, W)
y = F.conv2d(x, w, **options)  # (N, C_out, H', W')
dy = torch.randn_like(y)
(dx,) = torch.autograd.grad(y, x, dy)
forward = F.conv_transpose2d(dy, w, output_padding=(1, 2), **options)
print(f"conv2d: {tuple(x.shape)} to {tuple(y.shape)}")
print(f"its dx differs from conv_transpose2d(dy) by {(dx - forward).abs().max():.12f}")

# And the other way round, with the same weights as they are.
z = dy.clone().requires_grad_()  # (N, C_out, H', W')
up = F.conv_transpose2d(z, w, output_padding=(1, 2), **options)  # (N, C_in, H, W)
dup = torch.randn_like(up)
(dz,) = torch.autograd.grad(up, z, dup)
print(f"conv_transpose2d: {tuple(z.shape)} to {tuple(up.shape)}")
off = (dz - F.conv2d(dup, w, **options)).abs().max()
print(f"its dx differs from conv2d(dy) by {off:.12f}")
