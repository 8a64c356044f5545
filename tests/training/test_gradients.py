"""Gradients through depth, and clipping, on networks and settings that the page does not show."""

import math
from itertools import pairwise

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn.utils import clip_grad_norm_, clip_grad_value_

from tests.examples import examples

FINITE = {"allow_nan": False, "allow_infinity": False, "width": 64}


@pytest.fixture(scope="module")
def program(program):
    """Return the function of all tests, which leaves torch in float64."""

    def load(name):
        found = program(name)
        torch.set_default_dtype(torch.float64)
        return found

    torch.set_default_dtype(torch.float64)
    yield load
    torch.set_default_dtype(torch.float32)


@examples(100)
@given(
    widths=st.lists(st.integers(1, 6), min_size=2, max_size=6),
    examples=st.integers(1, 4),
    shift=st.sampled_from([0.0, 1e4]),
    seed=st.integers(0, 10**6),
)
def test_the_chain_by_hand_is_that_of_autograd(program, widths, examples, shift, seed):
    page = program("gradients/vanish_and_explode")
    torch.manual_seed(seed)
    x = (torch.randn(examples, widths[0]) + shift).requires_grad_()
    weights = [torch.randn(b, a) for a, b in pairwise(widths)]
    outputs = page["forward"](x, weights)
    last = torch.randn(examples, widths[-1])
    outputs[-1].backward(last)
    by_hand = page["backward"](weights, outputs, last)
    for mine, theirs in zip(by_hand, [*outputs[::-1], x], strict=True):
        torch.testing.assert_close(mine, theirs.grad, rtol=1e-9, atol=0)


@pytest.mark.parametrize(("count", "shape"), [(2, (1, 4)), (2, (3, 1)), (1, (3, 4))])
def test_a_gradient_or_a_list_of_the_wrong_size_is_refused(program, count, shape):
    backward = program("gradients/vanish_and_explode")["backward"]
    outputs = [torch.ones(3, 4), torch.ones(3, 4)]
    with pytest.raises(ValueError) as caught:
        backward([torch.ones(4, 4)] * count, outputs, torch.ones(shape))
    assert f"{count} weights" in str(caught.value) and str(shape) in str(caught.value)


@examples(30)
@given(factors=st.lists(st.floats(0.1, 10), min_size=5, max_size=5))
def test_a_layer_scales_all_gradients_but_its_own(program, factors):
    gradients = program("gradients/one_layer_scales_the_rest")["gradients"]
    ratios = gradients(factors) / gradients([1.0] * 5)
    expected = torch.tensor([math.prod(factors) / f for f in factors])
    torch.testing.assert_close(ratios, expected, rtol=1e-9, atol=0)


@examples(300)
@given(
    shapes=st.lists(st.lists(st.integers(1, 4), max_size=3), min_size=1, max_size=4),
    size=st.floats(-7, 7, **FINITE),
    limit=st.floats(0, 1e4, **FINITE),
    seed=st.integers(0, 10**6),
)
def test_clipping_is_that_of_torch(program, shapes, size, limit, seed):
    page = program("gradients/clipping")
    torch.manual_seed(seed)
    gradients = [10**size * torch.randn(shape) for shape in shapes]
    theirs = page["parameters"](gradients)
    ours, norm = page["clip_by_norm"](gradients, limit)
    torch.testing.assert_close(clip_grad_norm_(theirs, limit), norm, rtol=1e-9, atol=0)
    for mine, parameter in zip(ours, theirs, strict=True):
        torch.testing.assert_close(mine, parameter.grad, rtol=1e-9, atol=1e-300)
    joint = torch.cat([g.flatten() for g in ours]).norm().item()
    assert joint <= min(limit, norm.item()) * (1 + 1e-9)
    theirs = page["parameters"](gradients)
    clip_grad_value_(theirs, limit)
    for mine, parameter in zip(page["clip_by_value"](gradients, limit), theirs, strict=True):
        torch.testing.assert_close(mine, parameter.grad, rtol=0, atol=0)


def test_a_short_gradient_is_left_alone(program):
    clip = program("gradients/clipping")["clip_by_norm"]
    gradients = [torch.tensor([3.0, 0.0]), torch.tensor([[4.0]])]  # norm 5
    for mine, theirs in zip(clip(gradients, 5.1)[0], gradients, strict=True):
        assert torch.equal(mine, theirs)
    assert clip(gradients, 2.5)[0][1].item() == pytest.approx(2.0, rel=1e-6)


@pytest.mark.parametrize(
    ("gradients", "limit", "told"), [([], 1.0, "0 gradients"), ([torch.ones(2)], -0.5, "-0.5")]
)
def test_impossible_clipping_is_refused_by_name(program, gradients, limit, told):
    with pytest.raises(ValueError, match=told):
        program("gradients/clipping")["clip_by_norm"](gradients, limit)


def test_growth_a_layer_is_the_deviation_over_the_critical_one(program):
    growth = program("gradients/threshold_by_width")["growth"]
    for width, part in ((128, 0.9), (128, 1.2)):
        std = part * (2 / width) ** 0.5
        factor, largest = growth(width, std, 4)
        assert 0.98 < factor / part < 1  # one start lies a little below the average
        assert largest == pytest.approx(3**0.5 * std, rel=1e-3)


def test_branches_do_not_lengthen_a_path_and_skips_shorten_it(program):
    ratio = program("gradients/path_length")["ratio"]
    a_layer = (1 / 6) ** 0.5  # mean square of a slope, 1/2, times variance and width, 1/3
    for depth, branches in ((6, 1), (12, 1), (6, 3)):
        assert math.log(ratio(depth, branches)) / depth == pytest.approx(math.log(a_layer), abs=0.1)
    assert 0.5 < ratio(100, skip=True) < 50


@pytest.mark.parametrize(
    ("norm", "expected"), [(nn.Identity, 1.0), (lambda: nn.LayerNorm(128), 1.0)]
)
def test_gradients_keep_their_size_with_kaiming_and_with_layer_norm(program, norm, expected):
    growth = program("gradients/norm_at_the_start")["growth"]
    assert growth(norm()) == pytest.approx(expected, abs=0.03)


def test_batch_norm_multiplies_gradients_by_what_theory_says(program):
    growth = program("gradients/norm_at_the_start")["growth"](nn.BatchNorm1d(128))
    assert growth == pytest.approx(math.sqrt(math.pi / (math.pi - 1)), abs=0.04)


def test_only_clipping_at_the_right_moment_gives_the_clipped_step(program):
    step = program("gradients/clipping_gone_wrong")["step"]
    for kind in ("right", "scaled, unscaled first", "the sum of 2 parts"):
        assert step(kind) == pytest.approx([-0.6, -0.8], rel=1e-6)
    for kind in ("before backward()", "after step()", "scaled, not unscaled", "each of 2 parts"):
        assert abs(step(kind)[1] + 0.8) > 0.1


@given(
    weight=st.floats(0, 1e3, **FINITE),
    gradient=st.floats(1e-6, 1e6, **FINITE),
    ratio=st.floats(0.001, 1),
)
def test_the_solution_for_adaptive_clipping_keeps_its_promise(program, weight, gradient, ratio):
    clip = program("gradients/exercise_adaptive_clipping_solution")["adaptive_clip"]
    w, g = weight * torch.ones(2, 2) / 2, gradient * torch.tensor([[1.0, 0], [0, 0]])
    expected = min(gradient, ratio * max(weight, 0.001))
    assert clip(g, w, ratio)[0, 0].item() == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("part", [0.5, 0.9, 1.1, 3.0])
def test_the_solution_for_depth_reaches_a_million(program, part):
    depth = program("gradients/exercise_how_deep_solution")["depth"]
    for width in (8, 1000):
        layers = depth(width, part * (2 / width) ** 0.5)
        assert abs(layers * math.log10(part)) == pytest.approx(6)
