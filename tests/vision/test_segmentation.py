"""Segmentation: the programs' functions against sets, sums and torch, on other maps."""

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from torch import nn


def maps(*shape, seed=0, classes=4):
    return np.random.default_rng(seed).integers(0, classes, shape)


@pytest.mark.parametrize("shift", [0, 1e4])
def test_the_loss_of_pixels_is_torchs_forward_and_backward(program, shift):
    torch.manual_seed(0)
    logits = (shift + 3 * torch.randn(3, 4, 5, 7, dtype=torch.float64)).requires_grad_()
    label = torch.randint(4, (3, 5, 7))
    label[1], label[0, 2] = 9, 9
    ours = program("segmentation/pixel_loss")["pixel_loss"](logits, label, ignore=9)
    theirs = F.cross_entropy(logits, label, ignore_index=9)
    torch.testing.assert_close(ours, theirs)
    pair = [torch.autograd.grad(loss, logits)[0] for loss in (ours, theirs)]
    torch.testing.assert_close(*pair)


def test_one_pixel_with_a_label_is_enough(program):
    logits, label = torch.randn(1, 3, 2, 2), torch.full((1, 2, 2), 255)
    label[0, 1, 0] = 2
    loss = program("segmentation/pixel_loss")["pixel_loss"](logits, label)
    torch.testing.assert_close(loss, -logits[0, :, 1, 0].log_softmax(0)[2])


@given(
    said=st.lists(st.integers(0, 3), min_size=12, max_size=12),
    truth=st.lists(st.sampled_from([0, 1, 2, 3, 255]), min_size=12, max_size=12),
)
def test_iou_and_dice_are_those_of_sets_of_pixels(program, said, truth):
    names = program("segmentation/iou_and_dice")
    counts = names["confusion"](np.array(said), np.array(truth), 4, ignore=255)
    with np.errstate(invalid="ignore"):
        iou, dice = names["iou_and_dice"](counts)
    for c in range(4):
        a = {n for n in range(12) if said[n] == c and truth[n] != 255}
        b = {n for n in range(12) if truth[n] == c}
        if a | b:
            assert iou[c] == pytest.approx(len(a & b) / len(a | b))
            assert dice[c] == pytest.approx(2 * len(a & b) / (len(a) + len(b)))
        else:
            assert np.isnan(iou[c]) and np.isnan(dice[c])


def test_rows_are_true_classes(program):
    counts = program("segmentation/iou_and_dice")["confusion"](
        np.array([[0, 2], [2, 1]]), np.array([[0, 1], [1, 1]]), 3
    )
    assert counts.tolist() == [[1, 0, 0], [0, 1, 2], [0, 0, 0]]


@pytest.mark.parametrize("smooth", [0.0, 1.0])
def test_the_dice_loss_of_hard_masks_is_one_less_dice(program, smooth):
    said, truth = maps(9, 13, classes=2), maps(9, 13, seed=1, classes=2)
    counts = program("segmentation/iou_and_dice")["confusion"](said, truth, 2)
    both, all_ = counts[1, 1], said.sum() + truth.sum()
    loss = program("segmentation/dice_loss")["dice_loss"]
    found = loss(torch.from_numpy(said).double(), torch.from_numpy(truth).double(), smooth)
    assert found.item() == pytest.approx(1 - (2 * both + smooth) / (all_ + smooth))


def test_the_dice_loss_has_the_gradient_of_its_formula(program):
    torch.manual_seed(0)
    p = torch.rand(3, 5, dtype=torch.float64, requires_grad=True)
    y = (torch.rand(3, 5) < 0.3).double()
    loss = program("segmentation/dice_loss")["dice_loss"](p, y)
    (gradient,) = torch.autograd.grad(loss, p)
    both, all_ = (p * y).sum().detach(), (p.detach() + y).sum()
    by_hand = -(2 * y * (all_ + 1) - (2 * both + 1)) / (all_ + 1) ** 2
    torch.testing.assert_close(gradient, by_hand)


@pytest.mark.parametrize("strides", [(1, 1, 1), (2, 1, 3), (3, 2, 1), (2, 2, 2)])
def test_without_its_stride_a_stack_agrees_where_both_answer(program, strides):
    torch.manual_seed(0)
    kernels = (3, 2, 3)
    layers = [nn.Conv2d(2, 4, kernels[0], strides[0]), nn.Tanh()]
    layers += [nn.Conv2d(4, 3, kernels[1], strides[1]), nn.Conv2d(3, 5, kernels[2], strides[2])]
    strided = nn.Sequential(*layers).double()
    dense, stride = program("segmentation/dilated_net")["without_stride"](strided)
    x = torch.randn(2, 2, 29, 34, dtype=torch.float64)
    coarse, fine = strided(x), dense(x)
    assert stride == np.prod(strides)
    rows, columns = coarse.shape[2:]
    sampled = fine[:, :, ::stride, ::stride][:, :, :rows, :columns]
    torch.testing.assert_close(sampled, coarse)
    moved = strided(x[:, :, 1:, 2:])
    there = fine[:, :, 1::stride, 2::stride][:, :, : moved.shape[2], : moved.shape[3]]
    torch.testing.assert_close(there, moved)


def test_the_dense_stack_shares_its_weights(program):
    strided = nn.Sequential(nn.Conv2d(2, 4, 3, stride=2), nn.ReLU())
    dense, _ = program("segmentation/dilated_net")["without_stride"](strided)
    assert dense[0].weight is strided[0].weight and dense[0].bias is strided[0].bias


@pytest.mark.parametrize(("height", "width", "multiple"), [(33, 50, 4), (32, 48, 16), (1, 7, 8)])
def test_padding_repeats_the_border_and_keeps_the_rest(program, height, width, multiple):
    x = torch.randn(2, 3, height, width)
    y = program("segmentation/odd_sizes")["pad_to_multiple"](x, multiple)
    assert y[:, :, :height, :width].equal(x)
    for size, before in zip(y.shape[2:], (height, width)):
        assert size % multiple == 0 and 0 <= size - before < multiple
    assert (y[:, :, height:, 0] == x[:, :, -1:, 0]).all()
    assert (y[:, :, 0, width:] == x[:, :, 0, -1:]).all()


@pytest.mark.parametrize(
    ("name", "function", "arguments", "named"),
    [
        (
            "pixel_loss",
            "pixel_loss",
            (torch.zeros(2, 3, 4, 5), torch.zeros(2, 5, 4).long()),
            "(2, 5, 4)",
        ),
        ("pixel_loss", "pixel_loss", (torch.zeros(2, 3), torch.zeros(2).long()), "(2, 3)"),
        (
            "pixel_loss",
            "pixel_loss",
            (torch.zeros(1, 3, 2, 2), torch.full((1, 2, 2), 255)),
            "all 4 pixels are 255",
        ),
        ("iou_and_dice", "confusion", (maps(3, 4), maps(4, 3), 4), "(4, 3)"),
        ("iou_and_dice", "confusion", (maps(3, 4), 255 + maps(3, 4), 4), "255"),
        ("iou_and_dice", "confusion", (-1 - maps(3, 4), maps(3, 4), 4), "-1"),
        ("dice_loss", "dice_loss", (torch.zeros(3, 4), torch.zeros(4)), "(3, 4), (4,)"),
        ("odd_sizes", "pad_to_multiple", (torch.zeros(1, 1, 3, 3), 0), "got 0"),
        (
            "dilated_net",
            "without_stride",
            ([nn.Conv2d(1, 1, 3, padding=1)],),
            "padding=(1, 1)",
        ),
        ("dilated_net", "without_stride", ([nn.Conv2d(1, 1, 3, stride=(1, 2))],), "stride=(1, 2)"),
    ],
)
def test_what_cannot_be_is_refused_by_name(program, name, function, arguments, named):
    with pytest.raises(ValueError) as caught:
        program(f"segmentation/{name}")[function](*arguments)
    assert named in str(caught.value)
