"""Hyperparameters: scales, chances and searches, on settings that the page does not show."""

import math

import numpy as np
import pytest
import torch


@pytest.mark.parametrize(("low", "high"), [(1e-7, 1e2), (0.5, 4.0)])
def test_each_factor_gets_as_many_draws_as_any_other(program, low, high):
    torch.manual_seed(1)
    draws = program("hyperparameters/log_scale")["log_uniform"](low, high, 50_000)
    assert draws.min() >= low and draws.max() <= high
    edges = torch.logspace(math.log10(low), math.log10(high), 7)
    counts = torch.histogram(draws.double(), edges.double())[0] / 50_000
    torch.testing.assert_close(counts, torch.full((6,), 1 / 6).double(), atol=0.01, rtol=0)


@pytest.mark.parametrize(("low", "high"), [(0.0, 1.0), (-1.0, 1.0), (2.0, 1.0), (1.0, 1.0)])
def test_a_range_without_a_logarithm_is_refused(program, low, high):
    with pytest.raises(ValueError) as caught:
        program("hyperparameters/log_scale")["log_uniform"](low, high, 3)
    assert f"{low} and {high}" in str(caught.value)


@pytest.mark.parametrize(("trials", "share"), [(0, 0.3), (1, 0.3), (7, 0.2), (3, 1.0), (9, 0.0)])
def test_the_chance_is_that_of_not_missing_every_time(program, trials, share):
    chance = program("hyperparameters/how_many_trials")["chance"](trials, share)
    binomial = sum(
        math.comb(trials, hits) * share**hits * (1 - share) ** (trials - hits)
        for hits in range(1, trials + 1)
    )
    assert chance == pytest.approx(binomial)


@pytest.mark.parametrize(("trials", "share"), [(-1, 0.5), (3, -0.1), (3, 1.5)])
def test_an_impossible_chance_is_refused(program, trials, share):
    with pytest.raises(ValueError, match=f"{trials}, {share}"):
        program("hyperparameters/how_many_trials")["chance"](trials, share)


@pytest.fixture
def search(program):
    return program("hyperparameters/best_at_the_edge")["search"]


@pytest.mark.parametrize("best", [0.02, 1.0, 45.0, 3000.0])
def test_a_search_ends_with_a_worse_value_on_either_side(search, best):
    found = search([0.5, 1.0, 2.0], lambda value: abs(math.log(value / best)), factor=2)
    values, losses = list(found), list(found.values())
    assert values == sorted(values)
    at = losses.index(min(losses))
    assert 0 < at < len(values) - 1
    assert values[at - 1] < best < values[at + 1]


def test_a_search_tries_no_value_twice_and_keeps_those_it_was_given(search):
    tried = []

    def loss(value):
        tried.append(value)
        return (value - 3.5) ** 2

    found = search([1.0, 2.0], loss, factor=2)
    assert tried == [1.0, 2.0, 4.0, 8.0]
    assert found == {1.0: 6.25, 2.0: 2.25, 4.0: 0.25, 8.0: 20.25}


def test_a_search_without_an_end_gives_up(search):
    with pytest.raises(ValueError, match="best of 6 values"):
        search([1.0, 2.0], lambda value: -value, factor=2, most=6)


@pytest.mark.parametrize("rate", [0.05, 0.7, 1.9])
@pytest.mark.parametrize("steps", [0, 1, 13])
def test_the_expected_loss_follows_the_moments_step_by_step(program, rate, steps):
    names = program("hyperparameters/short_runs_mislead")
    curvatures, noise = names["CURVATURES"], names["NOISE"]
    square = np.ones(3)  # the mean of the squared distance
    for _ in range(steps):
        square = (1 - rate * curvatures) ** 2 * square + (rate * noise) ** 2
    expected = (curvatures * square / 2).sum()
    assert names["expected_loss"](rate, steps) == pytest.approx(expected)
    both = names["expected_loss"](np.array([rate, 0.1]), steps)
    assert both.shape == (2,) and both[0] == pytest.approx(expected)


def test_a_rate_beyond_the_limit_is_refused(program):
    with pytest.raises(ValueError, match=r"2\.5"):
        program("hyperparameters/short_runs_mislead")["expected_loss"](2.5, 10)


def test_nan_and_infinity_explode_and_the_limit_itself_does_not(program):
    exploded = program("hyperparameters/stop_early_on_explosion")["exploded"]
    assert exploded(math.nan, 1.0) and exploded(math.inf, 1.0) and exploded(6.1, 2.0)
    assert not exploded(6.0, 2.0) and not exploded(0.0, 2.0)
    assert exploded(2.1, 1.0, factor=2.0)


def test_the_two_layers_of_the_explosion_are_trained_by_their_gradients(program):
    losses = program("hyperparameters/stop_early_on_explosion")["train"](0.3, width=7, steps=4)
    torch.manual_seed(0)
    torch.set_default_dtype(torch.float64)
    try:
        u, v = torch.randn(2, 7).unbind()
    finally:
        torch.set_default_dtype(torch.float32)
    for loss in losses:
        u, v = u.detach().requires_grad_(), v.detach().requires_grad_()
        expected = (u @ v / 7**0.5 - 1) ** 2 / 2
        assert loss == pytest.approx(expected.item(), rel=1e-4)
        expected.backward()
        u, v = u - 0.3 * u.grad, v - 0.3 * v.grad


def test_one_table_has_a_setting_that_does_not_matter_and_the_other_has_none(program):
    idle, both = program("hyperparameters/random_beats_grid")["tables"]
    stable = slice(0, 10)  # rates at which all runs converge
    assert idle[:, stable].std(dim=0).max() < 0.01
    assert both[stable, stable].std(dim=0).min() > 100 * idle[stable, stable].std(dim=0).min()
    assert both[stable, stable].std(dim=1).min() > 0.001


def test_better_runs_are_kept_and_stay_whole(program):
    names = program("hyperparameters/coarse_to_fine")
    runs = names["drawn"][:5, :9]
    kept = names["keep"](runs, 16, 3)
    loss = names["table"][16]
    for search, best in zip(runs.tolist(), kept.tolist(), strict=True):
        order = sorted(search, key=lambda run: loss[run[0], run[1]].item())
        assert [loss[a, b] for a, b in best] == [loss[a, b] for a, b in order[:3]]


def test_a_table_of_runs_holds_what_single_runs_give(program):
    names = program("hyperparameters/coarse_to_fine")
    rates, L, x, y = (names[key] for key in ("rates", "L", "x", "y"))
    torch.manual_seed(5)
    one = torch.full((L, L), 0.3).double()
    torch.set_default_dtype(torch.float64)
    try:
        found = names["train"](one, rates, (3,))[3]
        torch.manual_seed(5)
        first, second = torch.randn(6, 8), torch.randn(8, 1)
    finally:
        torch.set_default_dtype(torch.float32)
    net = [first.requires_grad_(), second.requires_grad_()]
    optimizer = torch.optim.SGD(
        [{"params": net[:1], "lr": 0.3}, {"params": net[1:], "lr": rates[0, 9].item()}], lr=1.0
    )
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    for _ in range(3):
        optimizer.zero_grad()
        bce(((x[:128] @ net[0]).tanh() @ net[1])[:, 0], y[:128]).backward()
        optimizer.step()
    expected = bce(((x[128:] @ net[0]).tanh() @ net[1])[:, 0], y[128:])
    torch.testing.assert_close(found[:, 9], expected.detach().expand(L))
