"""Dropout: the maths of the page's programs, on inputs that the page does not show."""

import functools
import itertools
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import nn

from tests.examples import examples

BAD = [-0.1, 1.1, -1e-9, math.inf, math.nan]  # what torch refuses too
BAD_OR_ONE = [*BAD, 1.0]  # where a mean is divided by 1 - p_drop

# Units of every size, far from 0 and nearly 0, with dropout from none to nearly all.
CASES = {
    "size": st.integers(1, 7),
    "scale": st.sampled_from([1.0, 1e4, 1e-4]),
    "p_drop": st.sampled_from([0.0, 1e-6, 0.1, 0.5, 0.8, 0.99]) | st.floats(0, 0.99),
    "seed": st.integers(0, 10_000),
}


@functools.cache
def masks_of(size):
    return np.array(list(itertools.product((False, True), repeat=size)))


def all_masks(size, p_drop):
    """Return all masks (2**size, size) and their probabilities (2**size,)."""
    masks = masks_of(size)
    return masks, np.where(masks, 1 - p_drop, p_drop).prod(1)


def close(ours, exact, scale=1.0):
    np.testing.assert_allclose(ours, exact, rtol=1e-9, atol=1e-12 * scale)


@given(
    shape=st.lists(st.integers(1, 5), min_size=0, max_size=4),
    p_drop=st.floats(0, 1),
    mean=st.sampled_from([0.0, 1e4]),
    dtype=st.sampled_from(["float32", "float64"]),
    seed=st.integers(0, 1000),
)
def test_forward_equals_torch_on_its_own_mask(program, shape, p_drop, mean, dtype, seed):
    x = np.random.default_rng(seed).normal(mean, 1, shape).astype(dtype)
    torch.manual_seed(seed)
    mask = F.dropout(torch.ones(shape, dtype=torch.float64), p_drop) != 0
    torch.manual_seed(seed)
    theirs = F.dropout(torch.tensor(x), p_drop).numpy()
    ours = program("dropout/inverted_dropout")["dropout"](np.asarray(x), mask.numpy(), p_drop)
    assert ours.dtype == x.dtype
    np.testing.assert_allclose(ours, theirs, rtol=1e-5 if dtype == "float32" else 1e-12)


@given(p_drop=st.floats(0, 1), seed=st.integers(0, 1000))
def test_a_mask_keeps_the_share_that_it_should(program, p_drop, seed):
    draw_mask = program("dropout/inverted_dropout")["draw_mask"]
    mask = draw_mask((40, 250), p_drop, np.random.default_rng(seed))
    error = math.sqrt(p_drop * (1 - p_drop) / mask.size)
    assert mask.dtype == bool
    assert abs(mask.mean() - (1 - p_drop)) <= 5 * error + 1e-12
    assert p_drop != 0 or mask.all()
    assert p_drop != 1 or not mask.any()


def test_each_example_gets_a_mask_of_its_own(program):
    mask = program("dropout/inverted_dropout")["draw_mask"]((2, 64), 0.5, np.random.default_rng(0))
    assert (mask[0] != mask[1]).any()


def test_dropping_everything_gives_zeros_as_in_torch(program):
    dropout = program("dropout/inverted_dropout")["dropout"]
    x = np.array([[1.0, -2.0, 1e308]])
    ours = dropout(x, np.zeros(x.shape, bool), 1.0)
    assert (ours == 0).all()
    assert (F.dropout(torch.tensor(x), 1.0).numpy() == 0).all()


@pytest.mark.parametrize("p_drop", BAD)
def test_what_torch_refuses_is_refused_by_name(program, p_drop):
    names = program("dropout/inverted_dropout")
    with pytest.raises((ValueError, RuntimeError)):
        F.dropout(torch.ones(3), p_drop)
    with pytest.raises(ValueError, match=str(p_drop)):
        names["draw_mask"]((3,), p_drop, np.random.default_rng(0))
    with pytest.raises(ValueError, match=str(p_drop)):
        names["dropout"](np.ones(3), np.ones(3, bool), p_drop)


@pytest.mark.parametrize("shape", [(3,), (1, 3), (5, 1), (), (3, 5), (5, 3, 1)])
def test_a_mask_that_would_broadcast_is_refused_by_name(program, shape):
    with pytest.raises(ValueError) as caught:
        program("dropout/inverted_dropout")["dropout"](np.ones((5, 3)), np.ones(shape, bool), 0.5)
    assert "(5, 3)" in str(caught.value) and str(shape) in str(caught.value)


def test_a_mask_of_numbers_is_refused(program):
    with pytest.raises(ValueError, match="float64"):
        program("dropout/inverted_dropout")["dropout"](np.ones(3), np.full(3, 2.0), 0.5)


@examples(2000)
@given(**CASES, scaled=st.booleans())
def test_moments_of_a_sum_equal_those_over_all_masks(program, size, scale, p_drop, seed, scaled):
    w, x = np.random.default_rng(seed).normal(size=(2, size))
    x *= scale
    factor = 1 / (1 - p_drop) if scaled else 1.0
    masks, chance = all_masks(size, p_drop)
    z = factor * (masks * (w * x)).sum(1)
    mean, square = (chance * z).sum(), (chance * z * z).sum()
    variance = (chance * (z - mean) ** 2).sum()
    ours = program("dropout/moments")["linear_moments"](w, x, p_drop, scaled)
    close(ours[0], mean, scale)
    close(ours[1:], (square, variance), scale**2 * factor)


@given(**CASES)
def test_moments_of_units_are_those_of_sums_of_one(program, size, scale, p_drop, seed):
    names = program("dropout/moments")
    x = scale * np.random.default_rng(seed).normal(size=size)
    for scaled in (True, False):
        of_units = np.array(names["unit_moments"](x, p_drop, scaled))
        for i in range(size):
            one = names["linear_moments"](np.ones(1), x[i : i + 1], p_drop, scaled)
            close(of_units[:, i], one, scale**2)
        close(of_units[2], of_units[1] - of_units[0] ** 2, scale**2)


@pytest.mark.parametrize("p_drop", [0.1, 0.5, 0.9])
@pytest.mark.parametrize("x", [3.0, -2e4])
def test_statistics_of_torch_lie_within_five_standard_errors(program, p_drop, x):
    mean, second, variance = program("dropout/moments")["unit_moments"](x, p_drop)
    torch.manual_seed(0)
    y = F.dropout(torch.full((200_000,), x, dtype=torch.float64), p_drop)
    of_second = second**2 / (1 - p_drop) - second**2  # the variance of the squares
    assert abs(y.mean() - mean) < 5 * math.sqrt(variance / len(y))
    assert abs(y.square().mean() - second) < 5 * math.sqrt(of_second / len(y))


def test_a_linear_unit_of_torch_lies_within_five_standard_errors(program):
    torch.manual_seed(1)
    x, linear = torch.randn(6, dtype=torch.float64), nn.Linear(6, 1, bias=False).double()
    w = linear.weight.detach()[0]
    mean, _, variance = program("dropout/moments")["linear_moments"](w.numpy(), x.numpy(), 0.3)
    with torch.no_grad():
        z = linear(F.dropout(x.expand(200_000, -1), 0.3))[:, 0]
    masks, chance = all_masks(6, 0.3)
    fourth = chance @ (masks @ (w * x).numpy() / 0.7 - mean) ** 4
    assert abs(z.mean() - mean) < 5 * math.sqrt(variance / len(z))
    assert abs(z.var() - variance) < 5 * math.sqrt((fourth - variance**2) / len(z))


@pytest.mark.parametrize("p_drop", BAD_OR_ONE)
def test_moments_refuse_an_impossible_p_drop_by_name(program, p_drop):
    with pytest.raises(ValueError, match=str(p_drop)):
        program("dropout/moments")["unit_moments"](1.0, p_drop)
    with pytest.raises(ValueError, match=str(p_drop)):
        program("dropout/moments")["linear_moments"](np.ones(2), np.ones(2), p_drop)


@pytest.mark.parametrize(("w", "x"), [((3,), (1,)), ((1,), (3,)), ((2, 3), (2, 3)), ((3,), (2, 3))])
def test_sums_refuse_shapes_that_would_broadcast(program, w, x):
    for name, function in (
        ("moments", "linear_moments"),
        ("variance_and_nonlinearity", "sums_over_masks"),
        ("spread_and_data", "dropout_spread"),
    ):
        with pytest.raises(ValueError) as caught:
            program(f"dropout/{name}")[function](np.ones(w), np.ones(x), 0.5)
        assert str(w) in str(caught.value) and str(x) in str(caught.value)


@examples(50)
@given(
    shape=st.lists(st.integers(1, 4), min_size=1, max_size=4),
    p_drop=st.floats(0, 0.95),
    seed=st.integers(0, 1000),
)
def test_backward_equals_torch(program, shape, p_drop, seed):
    generator = torch.Generator().manual_seed(seed)
    x, dy = torch.randn(2, *shape, dtype=torch.float64, generator=generator)
    x.requires_grad_()
    torch.manual_seed(seed)
    theirs = F.dropout(x, p_drop)
    mask = (theirs != 0).double()
    ours = program("dropout/dropout_backward")["Dropout"].apply(x, mask, p_drop)
    torch.testing.assert_close(ours, theirs)
    (dx,) = torch.autograd.grad(ours, x, dy)
    torch.testing.assert_close(dx, torch.autograd.grad(theirs, x, dy)[0])
    assert (dx[mask == 0] == 0).all()


@examples(50)
@given(n=st.integers(1, 4), d=st.integers(1, 4), seed=st.integers(0, 100))
def test_backward_passes_gradcheck(program, n, d, seed):
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(n, d, dtype=torch.float64, generator=generator, requires_grad=True)
    mask = (torch.rand(n, d, generator=generator) > 0.4).double()
    apply = program("dropout/dropout_backward")["Dropout"].apply
    assert torch.autograd.gradcheck(apply, (x, mask, 0.4))


@pytest.mark.parametrize(
    ("mask", "p_drop"), [((3,), 0.5), ((4, 1), 0.5), ((4, 3), 1.0), ((4, 3), math.nan)]
)
def test_backward_refuses_what_does_not_fit(program, mask, p_drop):
    with pytest.raises(ValueError) as caught:
        program("dropout/dropout_backward")["Dropout"].apply(
            torch.ones(4, 3), torch.ones(mask), p_drop
        )
    assert str(mask) in str(caught.value) and str(p_drop) in str(caught.value)


@given(
    sizes=st.lists(st.integers(1, 3), min_size=2, max_size=4),
    p_drop=st.floats(0, 0.9),
    scaled=st.booleans(),
    seed=st.integers(0, 1000),
)
def test_the_mean_over_masks_of_all_layers_at_once_is_the_same(
    program, sizes, p_drop, scaled, seed
):
    rng = np.random.default_rng(seed)
    layers = [rng.normal(size=(m, n)) for n, m in itertools.pairwise(sizes)]
    x = rng.normal(size=sizes[0])
    masks, chance = all_masks(sum(sizes[:-1]), p_drop)
    h, start = np.tile(x, (len(masks), 1)), 0
    for w in layers:
        m, start = masks[:, start : start + h.shape[1]], start + h.shape[1]
        h = h * m / (1 - p_drop if scaled else 1) @ w.T
    mean = chance @ h
    names = program("dropout/test_time_scaling")
    close(names["mean_over_masks"](layers, x, p_drop, scaled), mean, 100)
    right = 1 if scaled else 1 - p_drop
    close(names["one_pass"](layers, x, right), mean, 100)


@pytest.mark.parametrize("p_drop", BAD_OR_ONE)
def test_the_mean_over_masks_refuses_an_impossible_p_drop(program, p_drop):
    with pytest.raises(ValueError, match=str(p_drop)):
        program("dropout/test_time_scaling")["mean_over_masks"]([np.eye(2)], np.ones(2), p_drop, 1)


@given(
    target=st.floats(-5, 5), x=st.floats(-5, 5), p_drop=st.floats(0, 0.9), seed=st.integers(0, 99)
)
def test_the_loss_without_scaling_is_a_moved_square_and_a_variance(target, x, p_drop, seed):
    exact = (1 - p_drop) * (x - target) ** 2 + p_drop * target**2
    formula = ((1 - p_drop) * x - target) ** 2 + p_drop * (1 - p_drop) * x**2
    close(formula, exact, 100)


@examples(50)
@given(n=st.integers(1, 5), seed=st.integers(0, 100))
def test_the_mean_loss_is_that_of_each_mask_weighted(program, n, seed):
    names = program("dropout/without_scaling")
    generator = torch.Generator().manual_seed(seed)
    draw = {"dtype": torch.float64, "generator": generator}
    weights = [torch.randn(a, b, **draw) for a, b in ((6, 4), (4, 5), (5, 3))]
    x, chance = torch.randn(n, 6, **draw), torch.randn(7, **draw).softmax(0)
    masks = (torch.rand(7, 9, generator=generator) > 0.5).double()
    label = torch.randint(0, 3, (n,), generator=generator)
    total = 0
    for mask, c in zip(masks, chance, strict=True):
        h = (x @ weights[0]).relu() * mask[:4]
        h = (h @ weights[1]).relu() * mask[4:]
        total += c * F.cross_entropy(h @ weights[2], label)
    z = names["logits"](x, weights, masks, torch.relu)
    torch.testing.assert_close(names["mean_loss"](z, label, chance), total)


@given(**CASES)
def test_sums_over_masks_have_the_moments_of_the_formula(program, size, scale, p_drop, seed):
    w, x = np.random.default_rng(seed).normal(size=(2, size))
    x *= scale
    z, chance = program("dropout/variance_and_nonlinearity")["sums_over_masks"](w, x, p_drop)
    mean, second, _ = program("dropout/moments")["linear_moments"](w, x, p_drop)
    close(chance.sum(), 1.0)
    close(chance @ z, mean, scale)
    close(chance @ z**2, second, scale**2 / (1 - p_drop))
    assert chance @ np.maximum(z, 0) >= max(mean, 0) - 1e-9 * scale  # Jensen, of ReLU


def test_the_second_derivatives_are_those_of_the_curves(program):
    z, h = np.linspace(-3, 3, 13), 1e-4
    for curve, second in program("dropout/variance_and_nonlinearity")["CURVES"].values():
        if second:
            numeric = (curve(z + h) - 2 * curve(z) + curve(z - h)) / h**2
            np.testing.assert_allclose(second(z) + 0 * z, numeric, atol=1e-5)


@given(d=st.integers(1, 7), c=st.integers(2, 5), p_drop=st.floats(0, 0.9), seed=st.integers(0, 999))
def test_one_pass_is_the_geometric_mean_for_a_softmax_layer(program, d, c, p_drop, seed):
    names = program("dropout/ensemble_of_subnets")
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(d, dtype=torch.float64, generator=generator)
    w = torch.randn(d, c, dtype=torch.float64, generator=generator)
    masks, chance = (torch.tensor(a, dtype=torch.float64) for a in all_masks(d, p_drop))
    probabilities = (masks / (1 - p_drop) * x @ w).softmax(1)
    assume(probabilities.min() > 1e-200)
    ours = names["geometric_mean"](probabilities, chance)
    torch.testing.assert_close(ours, (x @ w).softmax(0), rtol=1e-8, atol=1e-9)
    product = (probabilities ** chance[:, None]).prod(0)
    torch.testing.assert_close(ours, product / product.sum(), rtol=1e-8, atol=1e-9)


def test_masks_of_the_ensemble_are_all_there_and_scaled(program):
    torch.set_default_dtype(torch.float64)
    try:
        masks, chance = program("dropout/ensemble_of_subnets")["every_mask"](3, 0.2)
    finally:
        torch.set_default_dtype(torch.float32)
    theirs, theirs_chance = all_masks(3, 0.2)
    found = {tuple(mask): c for mask, c in zip(theirs.tolist(), theirs_chance, strict=True)}
    assert len(masks) == len({tuple(mask) for mask in masks.tolist()}) == 8
    for mask, c in zip(masks, chance, strict=True):
        assert set(mask.tolist()) <= {0.0, 1.25}
        assert c.item() == pytest.approx(found[tuple((mask > 0).tolist())])


@pytest.mark.parametrize("chance", [[0.5, 0.6], [0.5, 0.5, 0.0], [1.0]])
def test_weights_that_are_no_distribution_are_refused(program, chance):
    with pytest.raises(ValueError, match=str(len(chance))):
        program("dropout/ensemble_of_subnets")["geometric_mean"](
            torch.full((2, 3), 1 / 3), torch.tensor(chance)
        )


@given(
    n=st.integers(1, 5), d=st.integers(1, 5), p_drop=st.floats(0, 0.95), seed=st.integers(0, 999)
)
def test_the_loss_of_linear_regression_is_that_over_all_masks(program, n, d, p_drop, seed):
    rng = np.random.default_rng(seed)
    x, w, y = rng.normal(size=(n, d)), rng.normal(size=d), rng.normal(1e2, 1, size=n)
    masks, chance = all_masks(d, p_drop)
    exact = sum(chance @ (y[i] - masks * x[i] / (1 - p_drop) @ w) ** 2 for i in range(n))
    loss, penalty = program("dropout/linear_regression_penalty")["dropout_loss"](w, x, y, p_drop)
    np.testing.assert_allclose(loss, exact, rtol=1e-9)
    np.testing.assert_allclose(loss - penalty, ((y - x @ w) ** 2).sum(), rtol=1e-9)


@given(
    n=st.integers(1, 8), d=st.integers(1, 4), p_drop=st.floats(0.05, 0.9), seed=st.integers(0, 9)
)
def test_no_step_from_the_minimizer_lowers_the_loss(program, n, d, p_drop, seed):
    names = program("dropout/linear_regression_penalty")
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(n, d)), rng.normal(size=n)
    best = names["minimizer"](x, y, p_drop / (1 - p_drop) * (x**2).sum(0))
    np.testing.assert_allclose(program("dropout/spread_and_data")["fit"](x, y, p_drop), best)
    lowest = names["dropout_loss"](best, x, y, p_drop)[0]
    for _ in range(5):
        moved = best + 1e-3 * rng.normal(size=d)
        assert names["dropout_loss"](moved, x, y, p_drop)[0] > lowest


@pytest.mark.parametrize(
    ("w", "x", "y", "p_drop", "named"),
    [
        ((1,), (5, 3), (5,), 0.5, "(1,)"),
        ((3,), (5, 3), (1,), 0.5, "(1,)"),
        ((3,), (5, 3), (5, 1), 0.5, "(5, 1)"),
        ((3,), (3,), (1,), 0.5, "(3,)"),
        *(((3,), (5, 3), (5,), p_drop, str(p_drop)) for p_drop in BAD_OR_ONE),
    ],
)
def test_the_loss_refuses_what_does_not_fit_by_name(program, w, x, y, p_drop, named):
    with pytest.raises(ValueError) as caught:
        program("dropout/linear_regression_penalty")["dropout_loss"](
            np.ones(w), np.ones(x), np.ones(y), p_drop
        )
    assert named in str(caught.value)


@given(**CASES)
def test_the_spread_is_the_root_of_the_variance(program, size, scale, p_drop, seed):
    w, x = np.random.default_rng(seed).normal(size=(2, size))
    variance = program("dropout/moments")["linear_moments"](w, scale * x, p_drop)[2]
    spread = program("dropout/spread_and_data")["dropout_spread"](w, scale * x, p_drop)
    close(spread, math.sqrt(variance), scale)


@pytest.mark.parametrize("p_drop", BAD_OR_ONE)
def test_sums_refuse_an_impossible_p_drop_by_name(program, p_drop):
    for name, function in (
        ("variance_and_nonlinearity", "sums_over_masks"),
        ("spread_and_data", "dropout_spread"),
    ):
        with pytest.raises(ValueError, match=str(p_drop)):
            program(f"dropout/{name}")[function](np.ones(2), np.ones(2), p_drop)


@given(
    values=st.lists(st.floats(-5, 5), min_size=2, max_size=8),
    offset=st.sampled_from([0.0, 100.0]),
    p_drop=st.floats(0, 0.95),
)
def test_batch_norm_after_dropout_leaves_the_std_of_the_formula(program, values, offset, p_drop):
    x = np.array(values) + offset
    assume(x.var() > 1e-3)
    kept, chance = x / (1 - p_drop), (1 - p_drop) / len(x)  # each value kept, or dropped
    mean = kept.sum() * chance
    in_training = ((kept - mean) ** 2).sum() * chance + mean**2 * p_drop
    ours = program("dropout/dropout_before_batch_norm")["evaluation_std"](x.mean(), x.var(), p_drop)
    np.testing.assert_allclose(ours, x.std() / math.sqrt(in_training), rtol=1e-8)


@pytest.mark.parametrize(("variance", "p_drop"), [(0.0, 0.5), (-1.0, 0.5), (1.0, 1.0), (1.0, -0.1)])
def test_the_std_refuses_what_has_none(program, variance, p_drop):
    with pytest.raises(ValueError, match=f"{variance} and p_drop {p_drop}"):
        program("dropout/dropout_before_batch_norm")["evaluation_std"](0.0, variance, p_drop)


@examples(50)
@given(
    shape=st.lists(st.integers(1, 4), min_size=0, max_size=3),
    p_drop=st.floats(0, 0.95),
    seed=st.integers(0, 999),
)
def test_drop_path_drops_whole_examples(program, shape, p_drop, seed):
    torch.manual_seed(seed)
    x = 1 + torch.rand(50, *shape, dtype=torch.float64)
    factors = (program("dropout/relatives")["drop_path"](x, p_drop) / x).reshape(50, -1)
    first = factors[:, :1]
    torch.testing.assert_close(factors, first.expand_as(factors))
    torch.testing.assert_close(first, (first != 0).double() / (1 - p_drop))


@pytest.mark.parametrize("p_drop", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("name", ["drop_path", "gaussian_dropout"])
def test_relatives_have_the_moments_of_dropout(program, name, p_drop):
    _, second, variance = program("dropout/moments")["unit_moments"](1.0, p_drop)
    torch.manual_seed(0)
    y = program("dropout/relatives")[name](torch.ones(100_000, dtype=torch.float64), p_drop)
    assert abs(y.mean() - 1) < 5 * math.sqrt(variance / len(y))
    assert abs(y.square().mean() - second) < 5 * y.square().std() / math.sqrt(len(y))


@pytest.mark.parametrize("p_drop", BAD_OR_ONE)
@pytest.mark.parametrize("name", ["drop_path", "gaussian_dropout"])
def test_relatives_refuse_an_impossible_p_drop_by_name(program, name, p_drop):
    with pytest.raises(ValueError, match=str(p_drop)):
        program("dropout/relatives")[name](torch.ones(3, 2), p_drop)


def test_monte_carlo_switches_dropout_and_nothing_else(program):
    switch = program("dropout/monte_carlo_dropout")["switch_dropout"]
    net = nn.Sequential(nn.Linear(4, 9), nn.BatchNorm1d(9), nn.Sequential(nn.Dropout(0.5)))
    x = torch.randn(5, 4)
    switch(net, on=True)
    assert net[2][0].training and not net[1].training
    assert not torch.equal(net(x), net(x))
    switch(net, on=False)
    assert not any(layer.training for layer in net.modules())
    assert torch.equal(net(x), net(x))


@given(value=st.floats(-5, 5), p_drop=st.floats(0.1, 0.8), seed=st.integers(0, 99))
@examples(30)
def test_neighbors_guess_a_constant_map_wherever_one_was_kept(program, value, p_drop, seed):
    generator = torch.Generator().manual_seed(seed)
    mask = (torch.rand(1, 2, 6, 7, generator=generator) >= p_drop).double()
    found = program("dropout/spatial_dropout")["guess"](torch.full_like(mask, value), mask)
    assert found.shape == (1, 2, 4, 5)
    for c, i, j in itertools.product(range(2), range(4), range(5)):
        kept = mask[0, c, i : i + 3, j : j + 3].sum() - mask[0, c, i + 1, j + 1]
        assert found[0, c, i, j].item() == pytest.approx(value if kept else 0.0)


def test_dropout1d_drops_whole_tokens():
    torch.manual_seed(0)
    y = nn.Dropout1d(0.5)(torch.ones(50, 4, 6))  # (N, L, D)
    kept = (y != 0).sum(2)
    assert set(kept.flatten().tolist()) == {0, 6}
