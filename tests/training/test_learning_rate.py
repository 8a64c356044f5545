"""Learning rates: formulas and schedules against torch, on settings that the page does not show."""

import math
from functools import partial

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch.optim import lr_scheduler

from tests.examples import examples

FLOAT = {"allow_nan": False, "allow_infinity": False}


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


def call(make, chosen, optimizer):
    return make(optimizer, *chosen)


def torch_rates(make, steps, rate=1.0):
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=rate, momentum=0.9)
    scheduler, rates = make(optimizer), []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


@examples(500)
@given(
    directions=st.lists(
        st.tuples(st.floats(-2, 9, **FLOAT), st.floats(-1e4, 1e4, **FLOAT)), min_size=1, max_size=4
    ),
    rate=st.floats(0, 0.5, **FLOAT),
    steps=st.integers(0, 6),
)
def test_the_loss_on_any_quadratic_is_that_of_torch(program, directions, rate, steps):
    curvature, start = torch.tensor(directions).T  # saddles too
    w = start.clone().requires_grad_()
    optimizer = torch.optim.SGD([w], rate)
    for _ in range(steps):
        w.grad = curvature * w.detach()
        optimizer.step()
    mine = program("learning_rate/stable_limit")["loss_after"](steps, rate, curvature, start)
    theirs = (curvature * w.detach() ** 2).sum() / 2
    torch.testing.assert_close(mine, theirs, rtol=1e-9, atol=1e-3)


def test_the_limit_is_two_over_the_largest_curvature(program):
    loss_after = program("learning_rate/stable_limit")["loss_after"]
    curvature, start = torch.tensor([0.3, 8.0, 2.0]), torch.tensor([3.0, -2.0, 1.0])
    first = loss_after(0, 0.1, curvature, start)
    assert loss_after(400, 0.999 * 2 / 8, curvature, start) < first
    assert loss_after(4000, 1.001 * 2 / 8, curvature, start) > first


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ((1, 0.1, torch.ones(3), torch.ones(1)), "(1,)"),  # would broadcast
        ((1, 0.1, torch.ones(2, 2), torch.ones(2, 2)), "(2, 2)"),
        ((1, -0.1, torch.ones(3), torch.ones(3)), "-0.1"),
        ((-1, 0.1, torch.ones(3), torch.ones(3)), "-1"),
    ],
)
def test_an_impossible_descent_is_refused_by_name(program, settings, told):
    with pytest.raises(ValueError) as caught:
        program("learning_rate/stable_limit")["loss_after"](*settings)
    assert told in str(caught.value)


def test_power_iteration_finds_the_hessians_largest_eigenvalue(program):
    find = program("learning_rate/edge_of_stability")["largest_curvature"]
    torch.manual_seed(3)
    root = torch.randn(5, 5)
    hessian = root @ root.T
    w = torch.randn(5, requires_grad=True)
    a, b = w[:2], w[2:]
    loss = torch.cat([a, b]) @ hessian @ torch.cat([a, b]) / 2
    largest = torch.linalg.eigvalsh(hessian)[-1].item()
    assert find(loss, [w], rounds=300) == pytest.approx(largest, rel=1e-6)


@examples(100)
@given(rate=st.floats(0.1, 1.9), curvature=st.floats(0.05, 1), noise=st.floats(0.1, 50))
def test_the_expected_loss_of_a_constant_rate_comes_to_the_floor(program, rate, curvature, noise):
    assume(rate * curvature > 0.05)
    page = program("learning_rate/noise_floor")
    floor = page["floor"](rate, curvature, noise)
    for start in (0, 7):  # from below and from above
        late = page["expected_loss"]([rate] * 600, curvature, noise, start)
        assert late == pytest.approx(floor, rel=1e-9)


def test_many_runs_of_sgd_have_the_expected_loss(program):
    page = program("learning_rate/noise_floor")
    rates = [0.7, 0.2, 1.4, 0.05, 0.9]
    expected = page["expected_loss"](rates, 0.6, 0.4, -2.0)
    assert page["simulate"](rates, 0.6, 0.4, -2.0) == pytest.approx(expected, rel=0.02)


@pytest.mark.parametrize("rate", [0.0, -0.1, 4.0, 5.0])
def test_there_is_no_floor_without_convergence(program, rate):
    with pytest.raises(ValueError, match=str(rate)):
        program("learning_rate/noise_floor")["floor"](rate, 0.5, 1.0)


@examples(100)
@given(steps=st.integers(2, 25), data=st.data())
def test_schedules_are_those_of_torch(program, steps, data):
    page = program("learning_rate/schedules")
    warm = data.draw(st.integers(1, steps - 1))
    every, factor = data.draw(st.integers(1, 30)), data.draw(st.floats(0.01, 1.5))
    for formula, make, chosen in (
        ("step_decay", lr_scheduler.StepLR, (every, factor)),
        ("exponential", lr_scheduler.ExponentialLR, (factor,)),
        ("cosine", lr_scheduler.CosineAnnealingLR, (steps,)),
        ("warm_up_cosine", page["linear_then_cosine"], (steps, warm)),
    ):
        theirs = torch_rates(partial(call, make, chosen), steps)
        assert [page[formula](t, *chosen) for t in range(steps)] == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize(
    ("name", "chosen", "told"),
    [
        ("cosine", (11, 10), "11 of 10"),
        ("cosine", (-1, 10), "-1 of 10"),
        ("warm_up_cosine", (0, 10, 10), "10 steps in 10"),
        ("warm_up_cosine", (0, 10, 0), "0 steps in 10"),
    ],
)
def test_an_impossible_schedule_is_refused_by_name(program, name, chosen, told):
    with pytest.raises(ValueError, match=told):
        program("learning_rate/schedules")[name](*chosen)


def test_the_drawn_one_cycle_is_that_of_torch(program):
    page = program("learning_rate/schedules_compared")
    steps, rise = page["STEPS"], page["RISE"]
    theirs = torch_rates(
        lambda o: lr_scheduler.OneCycleLR(
            o, 1.0, steps + 1, pct_start=(rise + 1) / (steps + 1), div_factor=1e9
        ),
        steps,
    )
    mine = [page["SHAPES"]["one-cycle"](t) for t in range(steps)]
    assert mine == pytest.approx(theirs, abs=1e-6)


def test_all_drawn_schedules_start_at_or_below_the_largest_and_end_low(program):
    page = program("learning_rate/schedules_compared")
    for name, shape in page["SHAPES"].items():
        rates = [shape(t) for t in range(page["STEPS"])]
        assert max(rates) <= 1 + 1e-12 and min(rates) >= 0
        if name != "constant":
            assert max(rates) > 0.95 and rates[-1] < 0.03


@examples(300)
@given(
    metrics=st.lists(st.floats(-5, 1e4, **FLOAT), min_size=1, max_size=30),
    mode=st.sampled_from(["min", "max"]),
    factor=st.floats(0.05, 0.95),
    patience=st.integers(0, 4),
    threshold=st.floats(0, 0.3),
)
def test_a_plateau_is_what_torch_takes_for_one(program, metrics, mode, factor, patience, threshold):
    chosen = (mode, factor, patience, threshold)
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=1.0)
    scheduler = lr_scheduler.ReduceLROnPlateau(optimizer, *chosen)
    theirs = []
    for metric in metrics:
        scheduler.step(metric)
        theirs.append(optimizer.param_groups[0]["lr"])
    mine = program("learning_rate/reduce_on_plateau")["plateau"](metrics, *chosen)
    assert mine == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("chosen", [("maximum", 0.1), ("min", 1.0), ("min", 0.0), ("max", -2.0)])
def test_an_impossible_plateau_is_refused_by_name(program, chosen):
    with pytest.raises(ValueError) as caught:
        program("learning_rate/reduce_on_plateau")["plateau"]([1.0], *chosen)
    assert repr(chosen[0]) in str(caught.value) and str(chosen[1]) in str(caught.value)


def test_networks_side_by_side_learn_as_torchs_optimizers_would_teach_them(program):
    page = program("learning_rate/what_it_depends_on")
    for name, make in (
        ("SGD", lambda w, rate: torch.optim.SGD(w, rate)),
        ("momentum", lambda w, rate: torch.optim.SGD(w, rate, momentum=0.9)),
        ("Adam", lambda w, rate: torch.optim.Adam(w, rate)),
    ):
        ours = page["sweep"](name, examples=12, batch=5, width=3, steps=7, fall=True)
        torch.manual_seed(0)
        x, y = page["data"](12, seed=0)
        first = [torch.randn(1, 16, 3) * 16**-0.5, torch.randn(1, 3, 1) * 3**-0.5]
        for rate, ends in list(zip(page["RATES"].tolist(), ours, strict=True))[::4]:
            weights = [w.clone().requires_grad_() for w in first]
            optimizer = make(weights, rate)
            for n in range(7):
                part = [k % 12 for k in range(5 * n, 5 * n + 5)]
                optimizer.param_groups[0]["lr"] = rate * (1 - n / 7)
                optimizer.zero_grad()
                page["losses"](x[part], y[part], *weights).sum().backward()
                optimizer.step()
            expected = page["losses"](*page["data"](2048, seed=1), *weights).item()
            assert ends == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("momentum", "curvature"), [(0.0, 3.0), (0.4, 1.0), (0.8, 20.0), (0.95, 0.1)]
)
def test_the_solution_for_momentum_is_where_a_root_leaves_the_circle(program, momentum, curvature):
    limit = program("learning_rate/exercise_momentum_limit_solution")["limit"]
    for factor, stable in ((0.999, True), (1.001, False)):
        rate = factor * limit(curvature, momentum)
        step = torch.tensor([[1 - rate * curvature, -rate * momentum], [curvature, momentum]])
        assert (torch.linalg.eigvals(step).abs().max().item() < 1) == stable


def test_the_solution_for_the_transformer_is_its_formula(program):
    share = program("learning_rate/exercise_inverse_root_solution")["share"]
    for warm in (1, 7, 4000):
        for step in (0, warm - 1, warm, 3 * warm):
            n = step + 1
            paper = min(n**-0.5, n * warm**-1.5) / warm**-0.5
            assert math.isclose(share(step, warm), paper)
