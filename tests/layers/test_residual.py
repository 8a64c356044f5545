"""Residual networks: the page's blocks and formulas, on inputs that it does not show."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

pytestmark = pytest.mark.usefixtures("one_thread")
F64 = torch.float64


@pytest.mark.parametrize("training", [True, False])
@pytest.mark.parametrize("shapes", [((3, 5),), ((1, 2), (3, 7), (1, 5)), ((3, 4), (3, 5))])
def test_a_block_adds_what_its_layers_make_of_its_input(program, shapes, training):
    torch.manual_seed(1)
    block = program("residual/residual_block")["Block"](*shapes, channels=5).to(F64)
    block.train(training)
    x = 100 + torch.randn(3, 5, 6, 4, dtype=F64)
    h = x
    layers = [layer for layer in block.branch if not isinstance(layer, nn.ReLU)]
    for n, conv in enumerate(layers[::2]):
        h = F.conv2d(h if n == 0 else h.relu(), conv.weight, padding=conv.weight.shape[2] // 2)
        h = F.batch_norm(
            h, torch.zeros(h.shape[1]).to(h), torch.ones(h.shape[1]).to(h), training=training
        )
    assert torch.allclose(block(x), (x + h).relu())


def test_a_pre_activation_block_has_nothing_on_its_shortcut(program):
    torch.manual_seed(1)
    block = program("residual/residual_block")["PreActivationBlock"]((3, 4), (1, 5), channels=5)
    x = torch.randn(3, 5, 6, 4)
    kinds = [type(layer).__name__ for layer in block.branch]
    assert kinds == ["BatchNorm2d", "ReLU", "Conv2d"] * 2
    assert torch.allclose(block(x) - x, block.branch(x), atol=1e-6)
    for layer in block.branch:
        if isinstance(layer, nn.Conv2d):
            nn.init.zeros_(layer.weight)
    assert torch.equal(block(x), x)  # negative values and all


def test_a_last_relu_in_the_branch_never_subtracts(program):
    block_of = program("residual/relu_inside_branch")["Block"]
    torch.manual_seed(2)
    x = torch.randn(200, 6, dtype=F64)
    assert (block_of(6, inside=True, after=False).to(F64)(x) >= x).all()
    assert (block_of(6, inside=False, after=False).to(F64)(x) < x).any()
    assert block_of(6, inside=False, after=True).to(F64)(x).min() == 0


@pytest.mark.parametrize("height, width", [(8, 6), (9, 7), (1, 1)])
def test_the_padded_shortcut_is_a_projection_without_weights(program, height, width):
    shortcut = program("residual/downsample")["PadShortcut"](3)
    x = torch.randn(2, 4, height, width)
    weight = torch.cat([torch.eye(4), torch.zeros(3, 4)])[..., None, None]
    assert torch.equal(shortcut(x), F.conv2d(x, weight, stride=2))


@pytest.mark.parametrize("size", [1, 2, 7])
def test_backward_through_a_block_equals_autograd(program, size):
    backward = program("residual/identity_plus_jacobian")["block_backward"]
    torch.manual_seed(size)
    branch = nn.Sequential(nn.Linear(size, 5), nn.Tanh(), nn.Linear(5, size)).to(F64)
    x = (3 * torch.randn(size, dtype=F64)).requires_grad_()
    gradient = torch.randn(size, dtype=F64)
    (theirs,) = torch.autograd.grad(x + branch(x), x, gradient)
    assert torch.allclose(backward(gradient, x.detach(), branch), theirs)


def test_a_branch_of_another_shape_is_refused_by_its_sizes(program):
    backward = program("residual/identity_plus_jacobian")["block_backward"]
    with pytest.raises(ValueError) as caught:
        backward(torch.ones(4), torch.ones(4), lambda x: x[:1])
    assert "(4,)" in str(caught.value) and "(1,)" in str(caught.value)


def test_paths_of_equal_steps_are_counted_by_binomials(program):
    by_length = program("residual/short_paths")["by_length"]
    parts = by_length(torch.full((6, 1, 1), 0.5, dtype=F64))
    assert parts.flatten().tolist() == [math.comb(6, k) * 0.5**k for k in range(7)]


def test_paths_pass_the_blocks_in_their_order(program):
    by_length = program("residual/short_paths")["by_length"]
    torch.manual_seed(3)
    first, second, third = jacobians = torch.randn(3, 4, 4, dtype=F64)
    parts = by_length(jacobians)
    assert torch.allclose(parts[1], first + second + third)
    assert torch.allclose(parts[2], second @ first + third @ first + third @ second)
    assert torch.allclose(parts[3], third @ second @ first)


@pytest.mark.parametrize("residual", [True, False])
def test_a_stack_of_stacked_weights_equals_layers_one_by_one(program, residual):
    names = program("residual/depth_1000")
    torch.manual_seed(4)
    weights = torch.randn(5, names["WIDTH"], names["WIDTH"], dtype=F64)
    x = h = torch.randn(3, names["WIDTH"], dtype=F64)
    for weight in weights:
        if residual:
            centered = h - h.mean(dim=1, keepdim=True)
            h = (
                h
                + (centered / (h.var(dim=1, correction=0, keepdim=True) + 1e-5).sqrt()).relu()
                @ weight
            )
        else:
            h = (h @ weight).relu()
    ours = names["forward"](x, weights, residual)
    assert torch.allclose(ours, F.layer_norm(h, h.shape[1:]) if residual else h)


@pytest.mark.parametrize("kind", ["plain", "residual", "pre-activation"])
def test_a_block_without_branch_passes_on_or_ends(program, kind):
    block = program("residual/gradient_through_depth")["Block"](kind)
    x = torch.randn(5, 64)
    for layer in [*block.layers, *block.norms]:
        nn.init.zeros_(layer.weight)
        nn.init.zeros_(layer.bias)
    expected = {"plain": 0 * x, "residual": x.relu(), "pre-activation": x}[kind]
    assert torch.equal(block(x), expected)


def test_a_scale_of_zero_makes_a_block_the_identity(program):
    block_of = program("residual/identity_at_init")["Block"]
    x = 7 + torch.randn(9, 5)
    assert torch.equal(block_of(5, gamma=0)(x), x)
    assert not torch.allclose(block_of(5, gamma=1)(x), x)
    assert block_of(5, gamma=0).branch[4].weight.tolist() == [0] * 5  # so that all can learn


def test_a_block_left_out_passes_its_input_on(program):
    names = program("residual/drop_a_block")
    torch.manual_seed(5)
    width = names["WIDTH"]
    network = nn.Sequential(
        nn.Linear(3, width), names["Block"](True), names["Block"](True), nn.Linear(width, 2)
    )
    x = torch.randn(50, 3)
    with torch.no_grad():
        y = network[3](network[2](network[0](x))).argmax(dim=1)
    assert names["accuracy"](network, x, y, without=(0,)) == 100
    assert [block.used for block in network[1:3]] == [False, True]
    names["accuracy"](network, x, y)
    assert [block.used for block in network[1:3]] == [True, True]
