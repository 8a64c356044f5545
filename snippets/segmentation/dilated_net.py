"""From a label per image to a label everywhere: dilate in place of striding."""

import torch
from torch import nn


def without_stride(network):
    """Return a stack of the same weights that answers everywhere, and the stride lost.

    network: square convolutions that may stride but neither pad nor dilate, or
    ValueError, and functions of single values. What follows a stride is dilated by it.
    Source: Yu and Koltun 2015, section 4.
    """
    layers, lost = [], 1
    for layer in network:
        if isinstance(layer, nn.Conv2d):
            stride = layer.stride[0]
            options = layer.stride, layer.padding, layer.dilation
            if options != ((stride, stride), (0, 0), (1, 1)):
                raise ValueError(f"expected one stride, nothing else: {layer}")
            outputs, inputs = layer.weight.shape[:2]
            dense = nn.Conv2d(inputs, outputs, layer.kernel_size, dilation=lost)
            dense.weight, dense.bias = layer.weight, layer.bias
            layer, lost = dense, lost * stride
        layers.append(layer)
    return nn.Sequential(*layers), lost


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
one, two = nn.Conv2d(3, 8, 3, stride=2), nn.Conv2d(8, 16, 3, stride=2)
three = nn.Conv2d(16, 5, 3)  # 5 classes
strided = nn.Sequential(one, nn.ReLU(), two, nn.ReLU(), three)
dilated, stride = without_stride(strided)
x = torch.randn(1, 3, 47, 63)  # (N, C, H, W)
coarse, fine = strided(x), dilated(x)  # (1, 5, 9, 13), (1, 5, 33, 49)
print("           dilations      output   numbers that a layer gives out")
for name, network, y in (("strided", strided, coarse), ("dilated", dilated, fine)):
    dilations = [layer.dilation[0] for layer in network[::2]]
    sizes = [network[:n](x).numel() for n in (1, 3, 5)]
    print(f"{name} {dilations!s:>12}{y.shape[2]:6d} x {y.shape[3]:2d}{sizes!s:>24}")
off = (fine[:, :, ::stride, ::stride] - coarse).abs().max()
print(f"every {stride}th place, off from the strided network: {off:.12f}")

patched = torch.zeros_like(fine)  # (1, 5, 33, 49)
for i in range(stride):
    for j in range(stride):
        patched[:, :, i::stride, j::stride] = strided(x[:, :, i:, j:])
off = (patched - fine).abs().max()
print(f"strided on {stride**2} shifted images, put together, off: {off:.12f}")
