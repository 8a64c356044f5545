"""Object detection: the programs' functions against loops, grids and torch, on other boxes."""

import itertools
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import average_precision_score

from tests.examples import examples

SIDE = st.integers(0, 9)
BOX = st.tuples(SIDE, SIDE, SIDE, SIDE).map(
    lambda b: (min(b[0], b[2]), min(b[1], b[3]), max(b[0], b[2]), max(b[1], b[3]))
)


def boxes_at_random(count, seed=0, spread=30.0):
    generator = torch.Generator().manual_seed(seed)
    corner = spread * torch.randn(count, 2, generator=generator, dtype=torch.float64)
    size = 5 + 40 * torch.rand(count, 2, generator=generator, dtype=torch.float64)
    return torch.cat([corner, corner + size], dim=1)


def cells(box):
    return set(itertools.product(range(box[0], box[2]), range(box[1], box[3])))


@given(a=BOX, b=BOX)
def test_iou_counts_cells(program, a, b):
    iou = program("detection/iou")["iou"]
    pair = torch.tensor([a], dtype=torch.float64), torch.tensor([b], dtype=torch.float64)
    either = len(cells(a) | cells(b))
    expected = len(cells(a) & cells(b)) / either if either else 0
    assert iou(*pair).item() == pytest.approx(expected)
    assert iou(*pair[::-1]).item() == pytest.approx(expected)


def test_plus_one_counts_pixels_with_the_last_ones(program):
    iou = program("detection/iou")["iou_plus_one"]
    first, second = (2, 3, 5, 9), (4, 0, 8, 4)
    grown = [cells((x1, y1, x2 + 1, y2 + 1)) for x1, y1, x2, y2 in (first, second)]
    pair = torch.tensor([first]).double(), torch.tensor([second]).double()
    assert iou(*pair).item() == pytest.approx(len(grown[0] & grown[1]) / len(grown[0] | grown[1]))


def test_iou_does_not_mind_scale_shift_or_a_far_origin(program):
    iou = program("detection/iou")["iou"]
    a, b = boxes_at_random(5), boxes_at_random(7, seed=1)
    torch.testing.assert_close(iou(a * 3 + 1e4, b * 3 + 1e4), iou(a, b))
    assert iou(a, b).shape == (5, 7)


def test_the_short_iou_of_other_programs_is_the_same(program):
    a, b = boxes_at_random(20), boxes_at_random(13, seed=1)
    expected = program("detection/iou")["iou"](a, b)
    for name in ("nms", "match_anchors", "ssd_boxes"):
        torch.testing.assert_close(program(f"detection/{name}")["iou"](a, b), expected)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("threshold", [0.0, 0.3, 0.9])
def test_what_stays_overlaps_nothing_better_and_what_goes_does(program, seed, threshold):
    names = program("detection/nms")
    boxes, scores = boxes_at_random(30, seed), torch.rand(30, generator=torch.Generator())
    scores[4:8] = scores[4]  # ties
    kept = names["nms"](boxes, scores, threshold)
    assert kept == names["nms_in_rounds"](boxes, scores, threshold)
    overlap = names["iou"](boxes, boxes)
    assert [scores[n].item() for n in kept] == sorted(
        (scores[n].item() for n in kept), reverse=True
    )
    for n in range(30):
        better = [k for k in kept if k != n and scores[k] >= scores[n]]
        beaten = any(overlap[n, k] > threshold for k in better)
        assert (n not in kept) <= beaten
        if scores.eq(scores[n]).sum() == 1:
            assert (n in kept) != beaten


def test_no_box_at_all_is_no_trouble_for_nms(program):
    assert program("detection/nms")["nms"](torch.zeros(0, 4), torch.zeros(0), 0.5) == []


def test_anchors_stand_in_rows_over_the_middles_of_cells(program):
    anchors = program("detection/anchors_and_rpn")["anchors"]
    found = anchors(3, 5, 8, sizes=(10, 30), ratios=(0.25, 1, 4)).view(3, 5, 6, 4)
    middle = (found[..., :2] + found[..., 2:]) / 2
    size = found[..., 2:] - found[..., :2]
    for row, column in itertools.product(range(3), range(5)):
        assert (middle[row, column] == torch.tensor([8 * column + 4, 8 * row + 4])).all()
    torch.testing.assert_close(size.prod(3)[0, 0], torch.tensor([100.0] * 3 + [900] * 3).to(size))
    torch.testing.assert_close(
        (size[..., 1] / size[..., 0])[2, 4], torch.tensor([0.25, 1, 4] * 2).to(size)
    )


def test_outputs_of_the_proposal_network_come_in_the_order_of_the_anchors(program):
    torch.manual_seed(0)
    network = program("detection/anchors_and_rpn")["RegionProposalNetwork"](4, 3)
    x = torch.randn(2, 4, 5, 7)
    score, delta = network(x)
    h = network.look(x).relu()
    for n, row, column, kind in ((0, 0, 0, 0), (1, 3, 6, 2), (0, 4, 1, 1)):
        at = (row * 7 + column) * 3 + kind
        assert score[n, at] == network.score(h)[n, kind, row, column]
        four = network.delta(h)[n, 4 * kind : 4 * kind + 4, row, column]
        assert delta[n, at].equal(four)


def test_deltas_lead_there_and_back_and_mean_what_they_say(program):
    names = program("detection/box_deltas")
    encode, decode = names["encode"], names["decode"]
    boxes, anchors = boxes_at_random(50), boxes_at_random(50, seed=1)
    torch.testing.assert_close(decode(encode(boxes, anchors), anchors), boxes)
    torch.testing.assert_close(encode(7 * boxes + 3, 7 * anchors + 3), encode(boxes, anchors))
    half_right = anchors + (anchors[:, 2:3] - anchors[:, :1]) / 2 * torch.tensor([1, 0, 1, 0])
    expected = torch.tensor([0.5, 0, 0, 0]).expand(50, 4).to(boxes)
    torch.testing.assert_close(encode(half_right, anchors), expected)
    (x1, y1, x2, y2), (u1, v1, u2, v2) = boxes[3].tolist(), anchors[3].tolist()
    by_hand = ((x1 + x2 - u1 - u2) / 2 / (u2 - u1), (y1 + y2 - v1 - v2) / 2 / (v2 - v1))
    by_hand += (math.log((x2 - x1) / (u2 - u1)), math.log((y2 - y1) / (v2 - v1)))
    assert encode(boxes, anchors)[3].tolist() == pytest.approx(by_hand)


def test_a_wild_delta_stays_finite(program):
    decode, anchor = program("detection/box_deltas")["decode"], torch.tensor([[0.0, 0, 16, 8]])
    box = decode(torch.tensor([[0, 0, 1e6, -1e6]]), anchor)[0]
    assert box.tolist() == pytest.approx([8 - 500, 4, 8 + 500, 4], abs=1e-3)


def test_labels_follow_both_rules(program):
    match = program("detection/match_anchors")["match"]
    overlap = torch.tensor([[0.8, 0.1], [0.75, 0], [0.5, 0.2], [0.29, 0], [0.35, 0.1]])
    assert match(overlap).tolist() == [1, 1, 1, 0, -1]
    assert match(torch.tensor([[0.2], [0.2], [0.1]])).tolist() == [1, 1, 0]
    assert match(torch.zeros(3, 2)).tolist() == [0, 0, 0]


@pytest.mark.parametrize("size", [1, 3, 7])
@pytest.mark.parametrize("box", [(0, 0, 150, 100), (33, 17, 140, 60), (80, 80, 81, 81)])
def test_roi_pooling_is_adaptive_pooling_of_the_cells(program, size, box):
    features = torch.randn(3, 9, 12, generator=torch.Generator().manual_seed(0)).double()
    a, b, c, d = (round(edge / 16) for edge in box)
    expected = F.adaptive_max_pool2d(features[:, b : d + 1, a : c + 1], size)
    pool = program("detection/roi_pool_and_align")["roi_pool"]
    assert pool(features, torch.tensor(box).double(), size, 16).equal(expected)


@pytest.mark.parametrize(("size", "points"), [(1, 1), (3, 2), (5, 3)])
def test_roi_align_interpolates_as_grid_sample_does_also_over_the_border(program, size, points):
    features = torch.randn(3, 9, 12, generator=torch.Generator().manual_seed(0)).double()
    box = torch.tensor([-9.0, 20.5, 200, 133], dtype=torch.float64)
    part = (torch.arange(size * points).double() + 0.5) / (size * points)
    x, y = box[0] + (box[2] - box[0]) * part, box[1] + (box[3] - box[1]) * part
    grid = torch.cartesian_prod(y / 72 - 1, x / 96 - 1).flip(1)
    grid = grid.view(1, size * points, size * points, 2)
    samples = F.grid_sample(features[None], grid, align_corners=False)[0]
    align = program("detection/roi_pool_and_align")["roi_align"]
    torch.testing.assert_close(
        align(features, box, size, 16, points), F.avg_pool2d(samples, points)
    )


def test_roi_align_has_a_gradient_in_the_box(program):
    align = program("detection/roi_pool_and_align")["roi_align"]
    features = torch.randn(2, 9, 12, generator=torch.Generator().manual_seed(0)).double()
    box = torch.tensor([33.0, 17, 140, 60], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(lambda b: align(features, b, 3, 16), box)


def test_background_pays_for_its_class_alone(program):
    two_losses = program("detection/four_losses")["two_losses"]
    generator = torch.Generator().manual_seed(0)
    logits = torch.randn(6, 4, generator=generator).double()
    deltas = 3 * torch.randn(6, 4, generator=generator).double()
    target = torch.randn(6, 4, generator=generator).double()
    label = torch.tensor([0, 2, 0, 3, 1, 0])
    which, where = two_losses(logits, deltas, label, target)
    total = 0.0
    for n in (1, 3, 4):
        for e in (deltas[n] - target[n]).abs().tolist():
            total += e * e / 2 if e < 1 else e - 0.5
    assert where.item() == pytest.approx(total / 6)
    chances = logits.softmax(1)[torch.arange(6), label]
    assert which.item() == pytest.approx(-chances.log().mean().item())
    deltas[label == 0] += 100
    assert two_losses(logits, deltas, label, target)[1] == where
    nothing = two_losses(logits, deltas, 0 * label, target)
    assert nothing[1] == 0


def test_deltas_to_an_object_are_those_of_the_other_program(program):
    boxes, truth = boxes_at_random(9), boxes_at_random(1, seed=5)
    overlap, deltas = program("detection/four_losses")["compare"](boxes, truth[0])
    expected = program("detection/box_deltas")["encode"](truth.expand(9, 4), boxes)
    torch.testing.assert_close(deltas, expected)
    torch.testing.assert_close(overlap, program("detection/iou")["iou"](boxes, truth)[:, 0])


def test_version_1_places_boxes_in_the_image(program):
    decode = program("detection/yolo_grid")["decode_v1"]
    out = torch.zeros(3, 3, 5 * 2 + 4, dtype=torch.float64)
    out[2, 1, 5:10] = torch.tensor([0.5, 0.25, 0.6, 0.3, 0.9])  # row 2, column 1, second box
    out[2, 1, 10:] = torch.tensor([0.1, 0.7, 0.1, 0.1])
    place, score = decode(out, 2, 4)
    assert place[2, 1, 1].tolist() == pytest.approx([1.5 / 3, 2.25 / 3, 0.36, 0.09])
    assert score[2, 1, 1].tolist() == pytest.approx([0.09, 0.63, 0.09, 0.09])
    assert score.shape == (3, 3, 2, 4)


def test_version_2_starts_from_anchors_and_stays_in_its_cell(program):
    decode = program("detection/yolo_grid")["decode_v2"]
    anchors = torch.tensor([[1.0, 2], [3, 5]], dtype=torch.float64)
    out = 5 * torch.randn(4, 4, 2, 7, generator=torch.Generator().manual_seed(0)).double()
    place, score = decode(out, anchors)
    x, y, w, h = place[3, 1, 1].tolist()
    t = out[3, 1, 1].tolist()
    expected = [1 + 1 / (1 + math.exp(-t[0])), 3 + 1 / (1 + math.exp(-t[1]))]
    assert [x, y] == pytest.approx(expected)
    assert [w, h] == pytest.approx([3 * math.exp(t[2]), 5 * math.exp(t[3])])
    torch.testing.assert_close(score.sum(3), out[..., 4].sigmoid())


def test_default_boxes_have_the_area_and_shape_of_the_paper(program):
    boxes = program("detection/ssd_boxes")["default_boxes"](5, 0.3, 0.48, (1, 3, 1 / 3))
    assert boxes.shape == (5, 5, 4, 4)
    size = boxes[2, 4, :, 2:] - boxes[2, 4, :, :2]
    torch.testing.assert_close(size.prod(1)[:3], torch.full((3,), 0.09).to(size))
    torch.testing.assert_close(size[:, 0] / size[:, 1], torch.tensor([1, 3, 1 / 3, 1]).to(size))
    assert size[3].tolist() == pytest.approx([0.144**0.5] * 2)
    middle = (boxes[2, 4, :, 2:] + boxes[2, 4, :, :2]) / 2
    torch.testing.assert_close(middle, torch.tensor([0.9, 0.5]).expand(4, 2).to(middle))


def test_work_is_counted_by_weights_and_places(program):
    macs = program("detection/one_stage_two_stage")["macs"]
    layers = torch.nn.Sequential(
        torch.nn.Conv2d(3, 6, (3, 5), stride=2), torch.nn.ReLU(), torch.nn.Conv2d(6, 4, 1)
    )
    assert macs(layers, 1, 3, 9, 15) == 4 * 6 * (6 * 3 * 15 + 4 * 6)


@given(right=st.lists(st.booleans(), min_size=1, max_size=25), missed=st.integers(0, 4))
@examples(300)
def test_average_precision_is_the_mean_over_objects(program, right, missed):
    names, objects = program("detection/average_precision"), max(1, sum(right) + missed)
    places = [n + 1 for n, r in enumerate(right) if r]
    best = [max((i + 1) / places[i] for i in range(k, len(places))) for k in range(len(places))]
    found = names["average_precision"](np.array(right), objects)
    assert found == pytest.approx(sum(best) / objects)
    for points in (11, 101):
        at = np.linspace(0, 1, points)
        reached = [math.ceil(a * objects - 1e-6) for a in at]  # objects to be found there
        by_hand = [best[max(0, k - 1)] if k <= len(best) and best else 0 for k in reached]
        assert names["at_points"](np.array(right), objects, points) == pytest.approx(
            np.mean(by_hand)
        )


def test_the_plain_area_is_scikit_learns_where_nothing_is_missed(program):
    right, rng = np.array([0, 1, 1, 0, 0, 1, 0]), np.random.default_rng(0)
    recall, precision, _ = program("detection/average_precision")["curve"](right, 3)
    scores = np.sort(rng.random(7))[::-1]
    plain = (np.diff(recall, prepend=0) * precision).sum()
    assert plain == pytest.approx(average_precision_score(right, scores))


def test_an_object_counts_once_and_only_at_enough_overlap(program):
    is_right = program("detection/right_or_wrong")["is_right"]
    overlap = np.array([[0.4, 0.3], [0.6, 0.55], [0.7, 0.6], [0.1, 0.5], [0.2, 0.9]])
    assert is_right(overlap).tolist() == [False, True, False, True, False]
    assert is_right(overlap, 0.65).tolist() == [False, False, True, False, True]
    assert is_right(np.zeros((0, 2))).tolist() == []


@pytest.mark.parametrize("gamma", [0, 0.5, 2, 5])
def test_focal_loss_follows_its_formula_and_stays_finite(program, gamma):
    focal = program("detection/focal_loss")["focal_loss"]
    x = torch.tensor([-3.0, -0.2, 0.4, 2, 4], dtype=torch.float64, requires_grad=True)
    y = torch.tensor([0, 1, 0, 1, 1])
    p = torch.where(y == 1, x.sigmoid(), 1 - x.sigmoid())
    torch.testing.assert_close(focal(x, y, gamma), -((1 - p) ** gamma) * p.log())
    (gradient,) = torch.autograd.grad(focal(x, y, gamma).sum(), x)
    slope = (1 - p) ** gamma * (gamma * p * p.log() + p - 1)
    torch.testing.assert_close(gradient, torch.where(y == 1, slope, -slope))
    far = torch.tensor([1e4, -1e4], dtype=torch.float64)
    assert focal(far, torch.tensor([0, 1]), gamma).tolist() == [1e4, 1e4]


@pytest.mark.parametrize(
    ("name", "function", "arguments", "named"),
    [
        ("iou", "iou", (torch.zeros(3, 5), torch.zeros(2, 4)), "(3, 5)"),
        ("iou", "iou", (torch.zeros(4), torch.zeros(2, 4)), "(4,)"),
        ("iou", "iou", (torch.zeros(1, 4), torch.tensor([[3.0, 0, 1, 2]])), "[3.0, 0.0, 1.0, 2.0]"),
        ("iou", "iou", (torch.tensor([[0, 0, 1, math.nan]]), torch.zeros(1, 4)), "nan"),
        ("nms", "nms", (torch.zeros(3, 4), torch.zeros(2), 0.5), "(2,)"),
        ("anchors_and_rpn", "anchors", (3, 0, 8, (10,), (1,)), "width=0"),
        ("anchors_and_rpn", "anchors", (3, 5, 8, (10,), (1, -2)), "-2"),
        ("box_deltas", "encode", (torch.zeros(1, 4), torch.ones(1, 4)), "[0.0, 0.0, 0.0, 0.0]"),
        ("match_anchors", "match", (torch.zeros(3, 0),), "(3, 0)"),
        ("match_anchors", "match", (torch.zeros(3, 2), 0.8, 0.7), "low=0.8"),
        (
            "roi_pool_and_align",
            "roi_pool",
            (torch.zeros(2, 4, 5), torch.tensor([0.0, 0, 90, 20]), 2, 16),
            "90.0",
        ),
        (
            "four_losses",
            "two_losses",
            (torch.zeros(3, 2), torch.zeros(3, 4), torch.zeros(2).long(), torch.zeros(3, 4)),
            "{2, 3}",
        ),
        ("yolo_grid", "decode_v1", (torch.zeros(7, 7, 31), 2, 20), "(7, 7, 31)"),
        ("yolo_grid", "decode_v2", (torch.zeros(7, 6, 5, 25), torch.zeros(5, 2)), "(7, 6, 5, 25)"),
        ("ssd_boxes", "default_boxes", (5, 0.5, 0.4, (1,)), "scale=0.5"),
        ("average_precision", "curve", (np.ones(3), 2), "3.0 found of 2"),
        ("average_precision", "curve", (np.zeros(3), 0), "of 0"),
        ("right_or_wrong", "is_right", (np.zeros((3, 0)),), "(3, 0)"),
        ("right_or_wrong", "is_right", (np.zeros((3, 2)), 0), "threshold 0"),
        ("focal_loss", "focal_loss", (torch.zeros(3), torch.zeros(3, 1), 2), "(3, 1)"),
        ("focal_loss", "focal_loss", (torch.zeros(3), torch.zeros(3), -1), "-1"),
    ],
)
def test_what_cannot_be_is_refused_by_name(program, name, function, arguments, named):
    with pytest.raises(ValueError) as caught:
        program(f"detection/{name}")[function](*arguments)
    assert named in str(caught.value)
