"""Architectures: the page's networks and counts, on sizes that the page does not show."""

import pytest
import torch
import torch.nn.functional as F
from torch import nn

pytestmark = pytest.mark.usefixtures("one_thread")
F64 = torch.float64


def count(module):
    return sum(weight.numel() for weight in module.parameters())


def test_vgg16_has_the_published_layers(program):
    with torch.device("meta"):
        network = program("architectures/vgg_cost")["vgg16"]()
    widths = [layer.out_channels for layer in network if isinstance(layer, nn.Conv2d)]
    assert widths == [64, 64, 128, 128, 256, 256, 256] + [512] * 6
    assert sum(isinstance(layer, nn.Linear) for layer in network) == 3
    assert count(network) == 138_357_544  # torchvision's vgg16


@pytest.mark.parametrize("channels, stride, size", [(5, 1, 9), (12, 2, 11), (7, 3, 8)])
def test_a_count_is_the_sum_over_weights_and_positions(program, channels, stride, size):
    names = program("architectures/stride_and_double")
    layer = names["conv"](channels, 2 * channels, stride)
    weights, macs, outputs = names["cost"](layer, channels, size)
    side = (size + 2 - 3) // stride + 1
    assert weights == 9 * channels * 2 * channels
    assert outputs == 2 * channels * side**2
    assert macs == weights * side**2


@pytest.mark.parametrize("sides", [(3, 3), (1, 5, 2), (4, 3, 2, 3)])
def test_a_chain_of_kernels_is_one_kernel(program, sides):
    as_one = program("architectures/three_3x3_or_one_7x7")["as_one_kernel"]
    torch.manual_seed(1)
    kernels = [torch.randn(1, 1, side, side, dtype=F64) for side in sides]
    x = y = torch.randn(2, 1, 13, 15, dtype=F64)
    for kernel in kernels:
        y = F.conv2d(y, kernel)
    assert torch.allclose(F.conv2d(x, as_one(kernels)), y)


def test_the_field_of_a_network_is_measured(program):
    field = program("architectures/three_3x3_or_one_7x7")["field"]
    layers = [nn.Conv2d(64, 64, 5, padding=2), nn.Conv2d(64, 64, 3, padding=2, dilation=2)]
    assert [field(layers[0]), field(nn.Sequential(*layers))] == [5, 9]


@pytest.mark.parametrize("layers", [[(4, 6, 3, 1)], [(4, 8, 1, 1), (8, 8, 5, 8), (8, 2, 1, 2)]])
def test_each_layer_moves_its_input_its_weights_and_its_output(program, layers):
    names = program("architectures/block_costs")
    network = names["chain"](*layers)
    numbers = sum(7 * 5 * (i + o) + i * o * k * k // g for i, o, k, g in layers)
    assert names["moved"](network, torch.randn(1, 4, 7, 5)) == numbers


def test_a_block_keeps_its_input_where_the_shape_allows(program):
    block = program("architectures/resnet18")["Block"]
    assert len(block(4, 4, 1).shortcut) == 0
    assert [layer.stride for layer in block(4, 4, 2).shortcut[:1]] == [(2, 2)]
    same = block(4, 4, 1).eval()
    nn.init.zeros_(same.branch[4].weight)
    x = torch.randn(2, 4, 5, 7)
    assert torch.equal(same(x), x.relu())


@pytest.mark.parametrize("classes", [10, 1000])
def test_resnet18_has_the_published_size_at_any_number_of_classes(program, classes):
    with torch.device("meta"):
        network = program("architectures/resnet18")["resnet18"](classes)
        y = network(torch.empty(2, 3, 97, 64))
    assert y.shape == (2, classes)
    assert count(network) == 11_689_512 - 513 * (1000 - classes)  # torchvision's resnet18


def test_a_network_follows_its_list_of_widths(program):
    names = program("architectures/convnet_from_blocks")
    network = names["ConvNet"]((6, 9), classes=4)
    x = torch.randn(3, 3, 70, 50)
    assert network.blocks(network.stem(x)).shape == (3, 9, 5, 4)
    assert network(x).shape == (3, 4)
    features = network.blocks(network.stem(x))
    expected = F.linear(features.flatten(2).sum(2) / 20, network.head.weight, network.head.bias)
    assert torch.allclose(network(x), expected, atol=1e-5)


@pytest.mark.parametrize("widths", [(), []])
def test_a_network_without_widths_is_refused(program, widths):
    with pytest.raises(ValueError) as caught:
        program("architectures/convnet_from_blocks")["ConvNet"](widths)
    assert str(widths) in str(caught.value)


@pytest.mark.parametrize("kernel, stride", [(7, 2), (4, 4), (3, 1)])
def test_the_field_of_a_stem_follows_the_recurrence(program, kernel, stride):
    names = program("architectures/stems")
    layers = [names["conv"](3, 8, kernel, stride), names["POOL"]]
    assert names["field"](layers) == kernel + 2 * stride
    assert names["conv"](3, 8, 16, 16)(torch.empty(1, 3, 48, 64)).shape == (1, 8, 3, 4)


def test_a_vision_transformer_sees_patches_by_their_places(program):
    torch.manual_seed(2)
    make = program("architectures/vision_transformer")["VisionTransformer"]
    network = make(size=12, patch=4, dim=8, depth=2, heads=2, classes=5).to(F64).eval()
    x = torch.randn(2, 3, 12, 12, dtype=F64)
    moved = x.roll(4, dims=3)  # the same patches at other places
    assert network(x).shape == (2, 5)
    assert torch.allclose(network(x), network(moved))  # all places start as zeros
    nn.init.normal_(network.places)
    assert not torch.allclose(network(x), network(moved))
    assert torch.allclose(network(x)[1:], network(x[1:]))  # an example is on its own


def test_an_image_without_whole_patches_is_refused(program):
    with pytest.raises(ValueError, match=r"30 pixels.*patches of 16"):
        program("architectures/vision_transformer")["VisionTransformer"](size=30)


def test_a_channel_norm_is_a_layer_norm_at_each_position(program):
    norm = program("architectures/convnext")["ChannelNorm"](6, eps=1e-6).to(F64)
    x = 1e4 + torch.randn(2, 6, 3, 5, dtype=F64)
    y = norm(x)
    assert torch.allclose(y[1, :, 2, 3], F.layer_norm(x[1, :, 2, 3], (6,), eps=1e-6))


def test_convnext_has_the_published_size_and_blocks_that_start_near_the_identity(program):
    names = program("architectures/convnext")
    with torch.device("meta"):
        assert count(names["convnext_t"]()) == 28_589_128  # torchvision's convnext_tiny
    block = names["Block"](8)
    x = torch.randn(1, 8, 9, 9)
    assert 0 < (block(x) - x).abs().max() < 1e-4
