"""The receptive fields of well-known networks, before their global pooling."""

import torch
import torch.nn.functional as F


def receptive_field(layers):
    """Return size and stride of the field of a stack of (kernel, stride) layers."""
    size, stride = 1, 1
    for kernel, step in layers:
        size, stride = size + (kernel - 1) * stride, stride * step
    return size, stride


def measure(layers, length=1500):
    """Return how many inputs lie between the first and the last that is seen."""
    x = y = torch.ones(1, 1, length, requires_grad=True)
    for kernel, stride in layers:
        y = F.conv1d(y, torch.full((1, 1, kernel), 1 / kernel), None, stride)
    (gradient,) = torch.autograd.grad(y[0, 0, 1], x)
    places = gradient[0, 0].nonzero()
    return (places[-1] - places[0]).item() + 1


def vgg(*convolutions):
    """Stages of 3x3 convolutions, each ended by pooling."""
    return [layer for n in convolutions for layer in [(3, 1)] * n + [(2, 2)]]


def resnet(*blocks, block):
    """The longest path: a 7x7 layer, pooling, and four stages of blocks."""
    layers = [(7, 2), (3, 2)]
    for stage, count in enumerate(blocks):
        layers += block(1 if stage == 0 else 2) + block(1) * (count - 1)
    return layers


def basic(stride):
    return [(3, stride), (3, 1)]


def bottleneck(stride):
    return [(1, 1), (3, stride), (1, 1)]


torch.set_default_dtype(torch.float64)
alexnet = [(11, 4), (3, 2), (5, 1), (3, 2), (3, 1), (3, 1), (3, 1), (3, 2)]
print("network     field  stride  measured")
for name, layers in {
    "AlexNet": alexnet,
    "VGG-16": vgg(2, 2, 3, 3, 3),
    "ResNet-18": resnet(2, 2, 2, 2, block=basic),
    "ResNet-34": resnet(3, 4, 6, 3, block=basic),
    "ResNet-50": resnet(3, 4, 6, 3, block=bottleneck),
}.items():
    size, stride = receptive_field(layers)
    print(f"{name:<10}{size:7d}{stride:8d}{measure(layers):10d}")
