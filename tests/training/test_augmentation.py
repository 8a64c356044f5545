"""Augmentation: boxes, turns, mixtures and counts, on inputs that the page does not show."""

import itertools
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples


@pytest.fixture
def boxes(program):
    return program("augmentation/labels_move_too")


def test_four_quarter_turns_and_two_mirrors_bring_a_box_back(boxes):
    box, W, H = (2, 1, 5, 4), 11, 7
    assert boxes["flip_box"](boxes["flip_box"](box, W), W) == box
    turned = box
    for width in (W, H, W, H):
        turned = boxes["turn_box"](turned, width)
    assert turned == box


def test_every_box_of_a_small_image_moves_with_its_mask(boxes):
    W, H = 5, 4
    for x0, x1 in itertools.combinations(range(W + 1), 2):
        for y0, y1 in itertools.combinations(range(H + 1), 2):
            mask = torch.zeros(H, W, dtype=torch.bool)
            mask[y0:y1, x0:x1] = True
            box = (x0, y0, x1, y1)
            assert boxes["box_of"](mask) == box
            assert boxes["flip_box"](box, W) == boxes["box_of"](mask.flip(1))
            assert boxes["turn_box"](box, W) == boxes["box_of"](torch.rot90(mask))


def test_a_box_outside_the_window_is_dropped(boxes):
    assert boxes["crop_box"]((0, 0, 3, 3), (3, 0, 9, 9)) is None
    assert boxes["crop_box"]((0, 0, 4, 3), (3, 1, 9, 9)) == (0, 0, 1, 2)
    assert boxes["box_of"](torch.zeros(3, 4, dtype=torch.bool)) is None


@pytest.fixture
def warp(program):
    return program("augmentation/geometric_and_colour")["warp"]


def test_a_quarter_turn_of_a_square_is_that_of_torch(warp):
    torch.manual_seed(1)
    image = torch.rand(2, 7, 7, dtype=torch.float64)
    torch.testing.assert_close(warp(image, angle=90), torch.rot90(image, 1, (1, 2)))
    torch.testing.assert_close(warp(image, angle=-90), torch.rot90(image, -1, (1, 2)))


def test_half_a_turn_of_any_image_is_two_mirrors(warp):
    image = torch.rand(3, 4, 9, dtype=torch.float64)
    torch.testing.assert_close(warp(image, angle=180), image.flip(1, 2))


def test_a_turn_keeps_lengths_in_images_that_are_not_square(warp):
    image = torch.zeros(1, 21, 41, dtype=torch.float64)
    image[0, 10, 24] = 1  # 4 pixels to the right of the middle
    turned = warp(image, angle=90)[0]
    assert divmod(int(turned.argmax()), 41) == (6, 20)  # 4 pixels above it
    assert divmod(int(warp(turned[None], angle=90).argmax()), 41) == (10, 16)


def test_a_zoom_of_two_doubles_distances(warp):
    image = torch.zeros(1, 21, 41, dtype=torch.float64)
    image[0, 10, 24] = 1
    assert divmod(int(warp(image, zoom=2)[0].argmax()), 41) == (10, 28)


def test_a_place_moves_digits_by_whole_pixels(program):
    place = program("augmentation/invariance_measured")["place"]
    digits = torch.rand(3, 8, 8, dtype=torch.float64)
    down, right = torch.tensor([0, 2, -3]), torch.tensor([0, -1, 3])
    placed = place(digits, down, right)
    for n, (dy, dx) in enumerate(zip(down.tolist(), right.tolist())):
        rows, columns = slice(3 + dy, 11 + dy), slice(3 + dx, 11 + dx)
        torch.testing.assert_close(placed[n, rows, columns], digits[n])
        assert placed[n].sum() == pytest.approx(digits[n].sum().item())


@given(angle=st.floats(-360, 360), width=st.floats(1, 50), height=st.floats(1, 50))
@examples(100)
def test_turned_boxes_hold_what_is_turned(program, angle, width, height):
    names = program("augmentation/turned_boxes")
    loose = names["corners_box"](width, height, angle)
    tight = names["turned_ellipse_box"](width, height, angle)
    a = math.radians(angle)
    t = np.linspace(0, 2 * np.pi, 2001)
    x, y = width / 2 * np.cos(t), height / 2 * np.sin(t)
    across = np.ptp(np.cos(a) * x - np.sin(a) * y)
    down = np.ptp(np.sin(a) * x + np.cos(a) * y)
    assert tight == pytest.approx((across, down), rel=1e-5)
    corners = np.array([[1, 1, -1, -1], [1, -1, 1, -1]]) * [[width / 2], [height / 2]]
    turn = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    assert loose == pytest.approx(np.ptp(turn @ corners, axis=1))


@pytest.fixture
def mixing(program):
    return program("augmentation/mixup_cutmix_erasing")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 1.0])
@pytest.mark.parametrize("middle", [(4, 6), (0, 0), (8, 12), (3, 0)])
def test_the_weight_of_a_label_is_the_share_of_its_pixels(mixing, share, middle):
    a, b = torch.zeros(2, 9, 13, dtype=torch.float64), torch.ones(2, 9, 13, dtype=torch.float64)
    image, weight = mixing["cutmix"](a, b, share, middle)
    assert weight == pytest.approx((image == 0).double().mean().item())
    blend, weight = mixing["mixup"](a, b, share)
    assert blend.unique().tolist() == [pytest.approx(1 - share)]
    assert weight == share


def test_a_rectangle_inside_has_the_share_that_was_drawn(mixing):
    a, b = torch.zeros(1, 400, 600), torch.ones(1, 400, 600)
    for share in (0.2, 0.5, 0.9):
        _, weight = mixing["cutmix"](a, b, share, (200, 300))
        assert weight == pytest.approx(share, abs=0.01)
    image, _ = mixing["cutmix"](a, b, 0.75, (200, 300))
    rows, columns = image[0].any(dim=1).sum(), image[0].any(dim=0).sum()
    assert abs(rows - 200) <= 1 and abs(columns - 300) <= 1  # as wide as high, in shares


@pytest.mark.parametrize("mix", ["mixup", "cutmix"])
@pytest.mark.parametrize(("other", "share"), [((1, 3), 0.5), ((3, 5), -0.1), ((3, 5), 1.2)])
def test_a_mixture_of_unequal_images_or_impossible_shares_is_refused(mixing, mix, other, share):
    a, b = torch.zeros(2, 3, 5), torch.zeros(2, *other)
    with pytest.raises(ValueError) as caught:
        mixing[mix](a, b, share, *[(1, 1)] * (mix == "cutmix"))
    assert str(tuple(b.shape)) in str(caught.value) and str(share) in str(caught.value)


@pytest.mark.parametrize("zoom", [0, -1.5])
def test_an_impossible_zoom_is_refused(warp, zoom):
    with pytest.raises(ValueError, match=str(zoom)):
        warp(torch.zeros(1, 4, 5), zoom=zoom)


def test_versions_are_counted_one_by_one(program):
    names = program("augmentation/do_versions_repeat")
    for pad in (0, 1, 3):
        image = torch.arange(1, 36).reshape(1, 5, 7)
        padded = F.pad(image, (pad,) * 4)
        crops = padded.unfold(1, 5, 1).unfold(2, 7, 1).reshape(-1, 5, 7)
        both = torch.cat([crops, crops.flip(2)])
        assert len(torch.unique(both.flatten(1), dim=0)) == names["versions"](pad)
    with pytest.raises(ValueError, match="-1"):
        names["versions"](-1)


@pytest.mark.parametrize(("count", "epochs"), [(3, 2), (4, 4), (2, 5)])
def test_chances_of_repetition_agree_with_all_outcomes(program, count, epochs):
    names = program("augmentation/do_versions_repeat")
    outcomes = [len(set(o)) for o in itertools.product(range(count), repeat=epochs)]
    assert names["expected_different"](count, epochs) == pytest.approx(np.mean(outcomes))
    chance = np.mean([seen == epochs for seen in outcomes])
    assert names["all_different"](count, epochs) == pytest.approx(chance)


def test_copies_stay_near_their_image_and_differ_from_each_other(program):
    jitter = program("augmentation/more_data_or_augmentation")["jitter"]
    torch.manual_seed(3)
    image = torch.rand(1, 1, 8, 8)
    torch.testing.assert_close(jitter(image, size=0), image)
    copies = jitter(image.repeat(5, 1, 1, 1))
    assert len(torch.unique(copies.flatten(1), dim=0)) == 5
