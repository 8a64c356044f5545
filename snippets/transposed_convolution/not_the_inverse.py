"""Why "deconvolution" misleads: K^T is the inverse of K only if K is orthogonal."""

import torch
import torch.nn.functional as F
from torch.autograd.functional import jacobian


def convolution_matrix(w, size, stride, padding):
    """Return the matrix of a convolution, which is its Jacobian: (outputs, size)."""

    def convolve(x):
        return F.conv1d(x[None], w, None, stride, padding).flatten()  # (outputs,)

    return jacobian(convolve, torch.zeros(size))


def off_by(back, x):
    """Return how far `back` is from x at its best scale, as a share of x; (L,) each."""
    scale = (back @ x) / (back @ back)
    return (scale * back - x).norm() / x.norm()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x = torch.randn(24)  # (L,)
kernel = torch.randn(1, 1, 5)  # (C_out, C_in, k)
haar = torch.tensor([[[1.0, 1.0]], [[1.0, -1.0]]]) / 2**0.5  # (C_out, C_in, k)
for name, w, stride, padding in (
    ("random, stride 1", kernel, 1, 2),
    ("random, stride 2", kernel, 2, 2),
    ("Haar, stride 2", haar, 2, 0),
):
    K = convolution_matrix(w, 24, stride, padding)  # (outputs, L)
    y = K @ x  # (outputs,)
    print(f"{name}: K {tuple(K.shape)} of rank {torch.linalg.matrix_rank(K)}", end="; ")
    print(f"K^T y off by {off_by(K.T @ y, x):.2f}", end=", ")
    print(f"least squares by {off_by(torch.linalg.pinv(K) @ y, x):.2f}")
