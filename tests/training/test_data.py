"""Data: what the programs compute against torch, sums by hand and simulations of their own."""

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples

SEED = st.integers(0, 2**32 - 1)
pytestmark = pytest.mark.usefixtures("one_thread")


@examples(100)
@given(seed=SEED, n=st.integers(2, 5), c=st.integers(1, 4), mean=st.floats(-1e4, 1e4))
def test_channels_are_standardized_as_by_torchs_instance_norm_of_one_row(program, seed, n, c, mean):
    names = program("data/normalize_per_channel")
    x = mean + 7 * np.random.default_rng(seed).standard_normal((n, c, 3, 5))
    ours = names["normalize"](x, *names["statistics"](x))
    # One "image" whose positions are all the images' positions has the same statistics.
    row = torch.tensor(x).transpose(0, 1).reshape(1, c, -1)
    torchs = F.instance_norm(row, eps=1e-14).reshape(c, n, 3, 5).transpose(0, 1).numpy()
    assert np.allclose(ours, torchs, atol=1e-7)


@given(seed=SEED, factor=st.floats(0.01, 100), shift=st.floats(-100, 100))
def test_a_scale_and_a_shift_of_the_pixels_change_nothing(program, seed, factor, shift):
    names = program("data/normalize_per_channel")
    x = np.random.default_rng(seed).standard_normal((3, 2, 4, 5))
    other = factor * x + shift
    pair = [names["normalize"](images, *names["statistics"](images)) for images in (x, other)]
    assert np.allclose(*pair, atol=1e-9)


@pytest.mark.parametrize("shape", [(3, 4, 5), (4,), (1, 2, 3, 4, 5)])
def test_statistics_refuse_what_is_not_a_batch_of_images(program, shape):
    with pytest.raises(ValueError) as caught:
        program("data/normalize_per_channel")["statistics"](np.ones(shape))
    assert str(shape) in str(caught.value)


def test_statistics_refuse_a_constant_channel_by_its_deviation(program):
    x = np.random.default_rng(0).random((2, 3, 4, 5))
    x[:, 1] = 0.25
    with pytest.raises(ValueError, match=r"constant channel.* 0\. "):
        program("data/normalize_per_channel")["statistics"](x)


@pytest.mark.parametrize(("mean", "std"), [((1,), (1,)), ((4,), (4,)), ((3,), (1,)), ((), ())])
def test_statistics_that_would_broadcast_are_refused(program, mean, std):
    with pytest.raises(ValueError) as caught:
        program("data/normalize_per_channel")["normalize"](
            np.ones((2, 3, 4, 4)), np.ones(mean), np.ones(std)
        )
    assert str(mean) in str(caught.value)
    assert str(std) in str(caught.value)


@given(seed=SEED, parts=st.integers(1, 6), mean=st.sampled_from([0, -3, 1e4, 1e8]))
def test_streamed_statistics_are_those_of_all_numbers(program, seed, parts, mean):
    rng = np.random.default_rng(seed)
    # A first batch of a single number, later ones of any size, and means that drift.
    batches = [mean + 5 * n + rng.standard_normal(rng.integers(1, 9)) for n in range(parts)]
    batches.insert(0, np.array([mean + 1.5]))
    everything = np.concatenate(batches)
    found = program("data/statistics_in_batches")["streamed"](batches)
    assert np.allclose(found, (everything.mean(), everything.std()), rtol=1e-7)


def test_streaming_bytes_does_not_overflow(program):
    streamed = program("data/statistics_in_batches")["streamed"]
    x = np.random.default_rng(0).integers(0, 256, (40, 3, 8, 8)).astype(np.uint8)
    assert np.allclose(streamed(np.split(x, 8)), (x.mean(), x.std()))


def test_streaming_nothing_is_refused(program):
    with pytest.raises(ValueError, match="got 0"):
        program("data/statistics_in_batches")["streamed"]([])


def _steps(x, weights):
    """Return the steps of descent, one by one."""
    hessian = x.T @ x / len(x)
    curvatures = np.linalg.eigvalsh(hessian)
    error, steps = -weights, 0
    start = error @ hessian @ error
    while error @ hessian @ error > 1e-6 * start:
        error = error - 2 / (curvatures[0] + curvatures[-1]) * hessian @ error
        steps += 1
    return steps


@examples(50)
@given(seed=SEED, d=st.integers(2, 4), scale=st.floats(0.1, 5), mean=st.floats(-2, 2))
def test_descent_takes_the_steps_that_it_says(program, seed, d, scale, mean):
    rng = np.random.default_rng(seed)
    x = mean + rng.standard_normal((50, d)) * np.geomspace(1, scale, d)
    weights = rng.standard_normal(d)
    gradient, rate, condition, steps = program("data/scale_and_sign_of_inputs")["descent"](
        x, weights
    )
    assert abs(steps - _steps(x, weights)) <= 1
    w = torch.zeros(d, dtype=torch.float64, requires_grad=True)
    inputs = torch.tensor(x)
    loss = ((inputs @ w - inputs @ torch.tensor(weights)) ** 2).mean() / 2
    (slope,) = torch.autograd.grad(loss, w)
    assert gradient == pytest.approx(slope.norm().item())
    assert rate == pytest.approx(2 / np.linalg.norm(x, 2) ** 2 * len(x))
    assert condition == pytest.approx(np.linalg.cond(x) ** 2, rel=1e-6)


def test_a_scale_common_to_all_inputs_changes_the_rate_alone(program):
    descent = program("data/scale_and_sign_of_inputs")["descent"]
    x = np.random.default_rng(2).standard_normal((40, 3)) + 1
    one, hundred = descent(x, np.ones(3)), descent(100 * x, np.ones(3) / 100)
    assert hundred[1] == pytest.approx(one[1] / 1e4)
    assert hundred[2:] == pytest.approx(one[2:])


def test_descent_refuses_inputs_that_repeat(program):
    x = np.random.default_rng(0).standard_normal((20, 1)) @ np.ones((1, 2))
    with pytest.raises(ValueError, match="no single solution"):
        program("data/scale_and_sign_of_inputs")["descent"](x, np.ones(2))


def test_the_path_of_the_figure_ends_at_the_solution(program):
    names = program("data/contours")
    rng = np.random.default_rng(3)
    x, weights = rng.standard_normal((60, 2)) * [1, 3], np.array([-0.5, 2.0])
    way = names["path"](x, x @ weights, 400)
    assert np.allclose(way[-1], weights)
    assert (np.diff(names["loss"](way[:50], x, x @ weights)) < 0).all()
    assert names["loss"](weights, x, x @ weights + 2) == pytest.approx(2)


def test_gradients_of_the_weights_are_torchs(program):
    names = program("data/one_sign_per_example")
    units, d = names["UNITS"], names["D"]
    torch.manual_seed(5)
    x, target = torch.rand(9, d), torch.randn(9, units)
    torch.manual_seed(6)
    each = names["gradients"](x, target)
    torch.manual_seed(6)
    weight = torch.randn(d, units).requires_grad_()
    bias = (target - x @ weight).mean(dim=0).detach()
    loss = ((x @ weight + bias - target) ** 2).sum() / 9
    (expected,) = torch.autograd.grad(loss, weight)
    assert torch.allclose(each.mean(dim=0), expected.T, atol=1e-5)
    assert names["one_signed"](each) == 1  # positive inputs
    assert names["one_signed"](torch.tensor([[1.0, -1.0], [-2.0, -1.0]])) == 0.5


@examples(200)
@given(n=st.integers(1, 10_000), share=st.floats(0, 1), z=st.floats(0.5, 4))
def test_wilsons_ends_are_where_the_count_lies_z_deviations_off(program, n, share, z):
    right = round(share * n)
    low, high = program("data/split")["wilson"](right, n, z)
    assert -1e-9 <= low <= right / n + 1e-9
    assert right / n - 1e-9 <= high <= 1 + 1e-9
    for truth in (low, high):  # the equation that defines the interval
        assert abs(right / n - truth) ** 2 * n == pytest.approx(
            z**2 * truth * (1 - truth), rel=1e-6, abs=1e-9
        )


def test_the_plain_interval_is_that_of_one_deviation_times_z(program):
    low, high = program("data/split")["wald"](80, 100, z=2)
    assert (low, high) == pytest.approx((0.72, 0.88))


@pytest.mark.parametrize("right", [-1, 11])
def test_an_impossible_count_is_refused(program, right):
    with pytest.raises(ValueError, match=f"got {right}"):
        program("data/split")["wilson"](right, 10)


def test_choosing_and_standardizing_use_the_rows_they_are_given(program):
    names = program("data/leak")
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((30, 8)), rng.integers(2, size=30)
    x[:20, 3] += 5 * y[:20]
    rows = np.arange(20)
    assert np.allclose(names["choose"](x, y, rows, count=1)[:, 0], x[:, 3])
    ready = names["standardize"](x, y, rows)
    assert np.allclose([ready[rows].mean(axis=0), ready[rows].std(axis=0)], [[0] * 8, [1] * 8])
    assert not np.allclose(ready.mean(axis=0), 0)


def test_classifiers_by_mean_and_by_neighbor_find_what_is_there(program):
    names = program("data/leak")
    x, y = (
        np.array([[0.0], [1.0], [9.0], [10.0], [2.0], [8.0], [6.0]]),
        np.array([0, 0, 1, 1, 0, 1, 0]),
    )
    train, test = np.arange(4), np.arange(4, 7)
    assert names["by_class_means"](x, y, train, test) == pytest.approx(2 / 3)
    assert names["by_neighbor"](x, y, train, test) == pytest.approx(2 / 3)


def test_a_mean_image_is_tied_to_places_and_a_channel_mean_is_not(program):
    names = program("data/mean_image")
    assert names["moved"](lambda x: 3 * x - 2) == 0
    column = np.arange(8.0)
    assert names["moved"](lambda x: x - column) == pytest.approx(1)
    moved = names["shifted"](names["test"])
    assert (moved[:, :, 0] == 0).all()
    assert (moved[:, :, 1:] == names["test"][:, :, :-1]).all()


def test_each_loss_is_of_a_model_that_did_not_see_the_example(program):
    held_out_losses = program("data/look_at_the_data")["held_out_losses"]
    torch.manual_seed(0)
    y = torch.arange(60) % 3
    x = 3 * F.one_hot(y, 5).double() + 0.1 * torch.randn(60, 5, dtype=torch.float64)
    y[7] = (y[7] + 1) % 3
    torch.set_default_dtype(torch.float64)
    try:
        losses = held_out_losses(x, y, folds=4)
        assert losses.argmax() == 7
        assert losses.shape == (60,)
        # Only its own fold's loss changes with a label: the others were trained on it.
        y[11] = (y[11] + 1) % 3
        changed = held_out_losses(x, y, folds=4) != losses
    finally:
        torch.set_default_dtype(torch.float32)
    same_fold = torch.arange(60) % 4 == 11 % 4
    assert not changed[same_fold & (torch.arange(60) != 11)].any()
    assert changed[~same_fold].all()


def test_fewer_than_two_folds_are_refused(program):
    with pytest.raises(ValueError, match="got 1"):
        program("data/look_at_the_data")["held_out_losses"](torch.ones(4, 2), torch.ones(4), 1)


def test_a_cut_file_opens_and_cannot_be_read(program):
    names = program("data/file_sizes")
    whole = names["jpeg"](np.random.default_rng(0).integers(0, 256, (48, 40, 3)))
    assert names["state"](whole).startswith("40 x 48, deviation")
    assert names["state"](whole[: len(whole) // 2]) == "head says 40 x 48, pixels are cut off"
    assert names["state"](b"") == names["state"](b"<html>") == "no image"


def test_the_best_of_many_stays_below_the_bound():
    # What the page says of guesses, by exact probabilities instead of draws.
    n = 500
    log = [math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1) for k in range(n + 1)]
    below = np.cumsum(np.exp(np.array(log) - n * math.log(2)))  # P(right <= k)
    for models in (2, 100, 10_000):
        mean = n - (below[:-1] ** models).sum()
        assert mean / n <= 0.5 + 0.5 / math.sqrt(n) * math.sqrt(2 * math.log(models))
    assert mean / n == pytest.approx(0.586, abs=0.001)
