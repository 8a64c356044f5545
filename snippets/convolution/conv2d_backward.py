"""The three gradients of a convolution by hand, against torch's autograd."""

import numpy as np
import torch
import torch.nn.functional as F
from numpy.lib.stride_tricks import sliding_window_view


def windows(padded, kernel, stride, dilation):
    """Return the windows of padded (C, H, W) as a view (C, kH, kW, H_out, W_out)."""
    reach = [d * (k - 1) + 1 for k, d in zip(kernel, dilation, strict=True)]
    view = sliding_window_view(padded, reach, axis=(1, 2), writeable=True)
    view = view[:, :: stride[0], :: stride[1], :: dilation[0], :: dilation[1]]
    return view.transpose(0, 3, 4, 1, 2)  # (C, kH, kW, H_out, W_out)


def conv2d_backward(
    dy, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1
):
    """Return dx, dweight and dbias, given dy = dL/dy of shape (N, C_out, H_out, W_out).

    x: (N, C, H, W), weight: (C_out, C / groups, kH, kW). Shapes that don't fit:
    ValueError. The gradients have the shapes of x, weight and bias.
    """
    (N, C, H, W), (C_out, per_group, *kernel) = x.shape, weight.shape
    (top, left), options = padding, (kernel, stride, dilation)
    sides = (0, 0), (0, 0), (top, top), (left, left)
    padded = np.pad(x, sides)  # (N, C, H + 2p, W + 2p)
    dpadded = np.zeros_like(padded)  # (N, C, H + 2p, W + 2p)
    factors = weight.reshape(groups, C_out // groups, -1)  # (groups, C_out / groups, K)
    dfactors = np.zeros_like(factors)  # (groups, C_out / groups, K)
    for n in range(N):
        view, dview = windows(padded[n], *options), windows(dpadded[n], *options)
        if dy.shape != (N, C_out, *view.shape[3:]) or per_group * groups != C:
            raise ValueError(f"dy {dy.shape} for {x.shape}, {weight.shape}, {groups=}")
        columns = view.reshape(groups, factors.shape[2], -1)  # (groups, K, L)
        g = dy[n].reshape(groups, C_out // groups, -1)  # (groups, C_out / groups, L)
        dfactors += g @ columns.swapaxes(1, 2)
        dcolumns = (factors.swapaxes(1, 2) @ g).reshape(view.shape)
        for u, v in np.ndindex(*kernel):  # windows overlap, those of one weight do not
            dview[:, u, v] += dcolumns[:, u, v]
    dx = dpadded[:, :, top : top + H, left : left + W]  # (N, C, H, W)
    return dx, dfactors.reshape(weight.shape), dy.sum((0, 2, 3))


rng = np.random.default_rng(0)
x, weight = rng.normal(size=(2, 6, 9, 8)), rng.normal(size=(4, 3, 3, 2))
for options in (((1, 1), (1, 0), (1, 1), 2), ((2, 3), (2, 1), (2, 1), 2)):
    leaves = [torch.tensor(a, requires_grad=True) for a in (x, weight, np.ones(4))]
    y = F.conv2d(*leaves, *options)  # (N, C_out, H_out, W_out)
    dy = rng.normal(size=y.shape)  # (N, C_out, H_out, W_out)
    y.backward(torch.tensor(dy))
    ours = conv2d_backward(dy, x, weight, *options)
    for name, a, leaf in zip(("dx", "dweight", "dbias"), ours, leaves, strict=True):
        off = np.abs(a - leaf.grad.numpy()).max()
        print(f"{name:<8}{a.shape!s:<14}difference from torch {off:.12f}")
