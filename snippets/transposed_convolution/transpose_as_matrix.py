"""A convolution as a matrix K: its transpose is what conv_transpose computes."""

import torch
import torch.nn.functional as F


def matrix_of(function, shape):
    """Return the matrix of a linear function of arrays of that shape.

    Column j is what the function makes of the j-th unit array: (outputs, inputs).
    """
    size = torch.Size(shape).numel()
    units = torch.eye(size).reshape(size, *shape)  # (inputs, *shape)
    return torch.stack([function(unit).flatten() for unit in units], dim=1)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
kernel = torch.tensor([[[1.0, 2.0, 3.0]]])  # (C_out, C_in, k)
K = matrix_of(lambda x: F.conv1d(x, kernel, stride=2), shape=(1, 7))  # (3, 7)
y = torch.tensor([2.0, 1.0, 3.0])  # (L,)
print(f"K, a convolution with kernel [1 2 3] and stride 2:\n{K.int().numpy()}")
print(f"K^T y           {(K.T @ y).int().numpy()}")
theirs = F.conv_transpose1d(y[None, None], kernel, stride=2)[0, 0]  # (L_out,)
print(f"torch           {theirs.int().numpy()}")

options = {"stride": (2, 3), "padding": (1, 2), "dilation": (1, 2), "groups": 2}
w = torch.randn(6, 2, 3, 5)  # (C_out, C_in / groups, kH, kW)
K = matrix_of(lambda x: F.conv2d(x[None], w, **options), shape=(4, 7, 11))
KT = matrix_of(lambda y: F.conv_transpose2d(y[None], w, **options), shape=(6, 4, 3))
print(f"in two dimensions, with every option: K {tuple(K.shape)}, KT {tuple(KT.shape)}")
print(f"largest difference of KT from K^T: {(KT - K.T).abs().max():.12f}")

x, y = torch.randn(1, 4, 7, 11), torch.randn(1, 6, 4, 3)  # inputs and outputs of K
left = (F.conv2d(x, w, **options) * y).sum()
right = (x * F.conv_transpose2d(y, w, **options)).sum()
print(f"<Kx, y> = {left:.2f}, <x, K^T y> = {right:.2f}")
