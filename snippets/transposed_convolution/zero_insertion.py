"""The same by putting zeros between the inputs and convolving with flipped kernels."""

import torch
import torch.nn.functional as F


def insert_zeros(x, stride):
    """Put stride - 1 zeros between neighbors. x: (N, C, H, W), stride: (rows, columns).

    Returns (N, C, (H - 1) * rows + 1, (W - 1) * columns + 1). Else: ValueError.
    """
    if x.ndim != 4 or len(stride) != 2 or min(*x.shape, *stride) < 1:
        got = f"{tuple(x.shape)} and {stride}"
        raise ValueError(f"expected (N, C, H, W) and strides of 1 or more, got {got}")
    (N, C, H, W), (rows, columns) = x.shape, stride
    stuffed = x.new_zeros(N, C, (H - 1) * rows + 1, (W - 1) * columns + 1)
    stuffed[:, :, ::rows, ::columns] = x
    return stuffed


def by_zero_insertion(x, w, stride, padding, output_padding, dilation):
    """Return a transposed convolution, (N, C_out, H_out, W_out), as a convolution.

    x: (N, C_in, H, W), w: (C_in, C_out, kH, kW), options: (rows, columns). Else:
    ValueError. Source: Dumoulin and Visin 2016 (arXiv 1603.07285), section 4.
    """
    shapes = f"{tuple(x.shape)} and {tuple(w.shape)}"
    got = f"{shapes}, {stride=}, {padding=}, {output_padding=}, {dilation=}"
    if x.ndim != 4 or w.ndim != 4 or x.shape[1] != len(w):
        raise ValueError(f"not (N, C_in, H, W) and (C_in, C_out, kH, kW): {got}")
    sides = []
    options = zip(stride, padding, output_padding, dilation, strict=True)
    for n, k, (s, p, e, d) in zip(x.shape[2:], w.shape[2:], options, strict=True):
        size = (n - 1) * s - 2 * p + d * (k - 1) + e + 1
        if min(n, k, s, d, size) < 1 or min(p, e) < 0 or e >= max(s, d):
            raise ValueError(f"impossible: {got}")
        sides = [d * (k - 1) - p, d * (k - 1) - p + e, *sides]  # F.pad: last axis first
    padded = F.pad(insert_zeros(x, stride), sides)  # crops where a side is negative
    return F.conv2d(padded, w.transpose(0, 1).flip(2, 3), dilation=dilation)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x, kernel = torch.tensor([[[[2.0, 1, 3]]]]), torch.tensor([[[[1.0, 2, 3]]]])
y = by_zero_insertion(x, kernel, (1, 2), (0, 0), (0, 0), (1, 1))
print(f"{insert_zeros(x, (1, 2)).numpy()[0, 0, 0]} becomes {y.numpy()[0, 0, 0]}")

x, w = torch.randn(2, 4, 5, 7), torch.randn(4, 6, 3, 5)  # (N, C_in, H, W), weights
options = {"stride": (2, 3), "padding": (3, 2), "output_padding": (1, 2)}
options["dilation"] = (1, 2)
theirs = F.conv_transpose2d(x, w, **options)  # (N, C_out, H_out, W_out)
for name, kernels in (("flipped", w), ("not flipped", w.flip(2, 3))):
    off = (by_zero_insertion(x, kernels, **options) - theirs).norm() / theirs.norm()
    print(f"kernels {name:<11}  off by {off:.2f} of torch's {tuple(theirs.shape)}")
share = (insert_zeros(torch.ones(1, 1, 64, 64), (2, 2)) == 0).double().mean()
print(f"zeros in a map of 64 x 64 values, spread with stride 2: {share:.0%}")
