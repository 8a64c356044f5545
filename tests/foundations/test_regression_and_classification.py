"""Regression and classification: formulas and gradients against torch, on other data."""

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples

PAGE = "regression_and_classification"
SIZES = {"n": st.integers(1, 9), "d": st.integers(1, 7), "seed": st.integers(0, 10**6)}
SCALES = st.sampled_from([1e-3, 1.0, 30.0])


@pytest.fixture(autouse=True)
def _one_thread(one_thread):
    pass


def by_autograd(loss_of, *leaves):
    """Return a loss and its gradients by arrays, as NumPy arrays."""
    leaves = [torch.tensor(leaf, dtype=torch.float64, requires_grad=True) for leaf in leaves]
    loss = loss_of(*leaves)
    return [a.detach().numpy() for a in (loss, *torch.autograd.grad(loss, leaves))]


def assert_same(ours, theirs):
    for mine, other in zip(ours, theirs, strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-9, atol=1e-12)


@examples(200)
@given(scale=SCALES, **SIZES)
def test_the_logistic_loss_and_its_gradient_are_those_of_torch(program, n, d, seed, scale):
    rng = np.random.default_rng(seed)
    x, w, b = scale * rng.normal(size=(n, d)), rng.normal(size=d), rng.normal()
    y = rng.integers(0, 2, size=n).astype(float)
    theirs = by_autograd(
        lambda w, b: F.binary_cross_entropy_with_logits(torch.tensor(x) @ w + b, torch.tensor(y)),
        w,
        b,
    )
    assert_same(program(f"{PAGE}/logistic_regression")["logistic_loss"](w, b, x, y), theirs)


@examples(200)
@given(c=st.integers(1, 6), shift=st.sampled_from([0.0, 1e4, -1e4]), scale=SCALES, **SIZES)
def test_the_softmax_loss_and_its_gradient_are_those_of_torch(program, n, d, c, seed, scale, shift):
    rng = np.random.default_rng(seed)
    x, y = scale * rng.normal(size=(n, d)), rng.integers(0, c, size=n)
    w, b = rng.normal(size=(c, d)), rng.normal(size=c) + shift
    theirs = by_autograd(
        lambda w, b: F.cross_entropy(F.linear(torch.tensor(x), w, b), torch.tensor(y)), w, b
    )
    assert_same(program(f"{PAGE}/softmax_regression")["softmax_loss"](w, b, x, y), theirs)


@given(**SIZES)
def test_two_classes_are_logistic_regression_on_the_difference(program, n, d, seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(n, d)), rng.integers(0, 2, size=n)
    w, b = rng.normal(size=(2, d)), rng.normal(size=2)
    loss, by_w, by_b = program(f"{PAGE}/softmax_regression")["softmax_loss"](w, b, x, y)
    one = program(f"{PAGE}/logistic_regression")["logistic_loss"](w[1] - w[0], b[1] - b[0], x, y)
    assert_same((loss, by_w[1], by_b[1]), one)
    assert_same((by_w[0], by_b[0]), (-by_w[1], -by_b[1]))


@given(mean=st.sampled_from([0.0, 100.0]), **SIZES)
def test_the_formula_of_linear_regression_is_the_lowest_point(program, n, d, seed, mean):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n + d + 3, d)) + mean
    y = rng.normal(size=len(x)) - mean
    w, b = program(f"{PAGE}/linear_regression")["linear_regression"](x, y)
    _, by_w, by_b = by_autograd(
        lambda w, b: F.mse_loss(torch.tensor(x) @ w + b, torch.tensor(y)), w, b
    )
    assert np.abs(by_w).max() < 1e-5 * (1 + mean)
    assert abs(by_b) < 1e-5 * (1 + mean)


@examples(30)
@given(**SIZES)
def test_three_steps_of_descent_are_those_of_torch(program, n, d, seed):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(n, d)), rng.normal(size=n)
    layer = torch.nn.Linear(d, 1, dtype=torch.float64)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    for _ in range(3):
        optimizer.zero_grad()
        F.mse_loss(layer(torch.tensor(x))[:, 0], torch.tensor(y)).backward()
        optimizer.step()
    ours = program(f"{PAGE}/linear_regression")["descend"](x, y, steps=3)
    assert_same(ours, (layer.weight[0].detach().numpy(), layer.bias[0].detach().numpy()))


@given(
    z=st.lists(st.integers(-300, 300), min_size=1, max_size=7),
    temperature=st.sampled_from([0.01, 0.3, 1.0, 2.5, 1e6]),
)
def test_the_temperature_divides_the_scores_and_keeps_their_order(program, z, temperature):
    softmax = program(f"{PAGE}/temperature")["softmax"]
    z = torch.tensor(z, dtype=torch.float64) / 7
    share = softmax(z, temperature)
    torch.testing.assert_close(share, torch.softmax(z / temperature, dim=-1))
    torch.testing.assert_close(softmax(z + 1e4, temperature), share, rtol=1e-6, atol=1e-9)
    order = z.argsort()
    assert (share[order].diff() >= 0).all()


@given(z=st.floats(-30, 30), y=st.sampled_from([0.0, 1.0]))
def test_the_slopes_behind_a_sigmoid_are_those_of_torch(program, z, y):
    names = program(f"{PAGE}/sigmoid_needs_its_loss")
    target = torch.tensor(y, dtype=torch.float64)
    _, squared = by_autograd(lambda z: F.mse_loss(z.sigmoid(), target), z)
    _, entropy = by_autograd(lambda z: F.binary_cross_entropy_with_logits(z, target), z)
    assert names["squared_error_slope"](z, y) == pytest.approx(squared, rel=1e-6, abs=1e-12)
    assert names["cross_entropy_slope"](z, y) == pytest.approx(entropy, rel=1e-6, abs=1e-12)


def test_mending_takes_as_many_steps_as_the_differential_equation_says(program):
    """Behind squared error dz/dt = 2 s (1 - s)^2: about e^-z / 2 steps from z far below 0."""
    names = program(f"{PAGE}/sigmoid_needs_its_loss")
    steps = names["steps_until_right"](names["squared_error_slope"], z=-8.0)
    assert steps == pytest.approx(math.exp(8) / 2, rel=0.02)
    assert names["steps_until_right"](names["cross_entropy_slope"], z=-8.0) == 9


@given(seed=st.integers(0, 10**6), d=st.integers(1, 4))
def test_the_perceptron_stops_within_novikoffs_bound(program, seed, d):
    rng = np.random.default_rng(seed)
    x, truth = rng.normal(size=(60, d)), rng.normal(size=d)
    truth /= np.linalg.norm(truth)
    x = x[np.abs(x @ truth) > 0.4]
    y = x @ truth > 0
    w, history = program(f"{PAGE}/train_a_step")["perceptron"](x, y, passes=1000)
    assert history[-1] == 0
    assert ((x @ w > 0) == y).all()
    if len(x):
        bound = (np.linalg.norm(x, axis=1).max() / np.abs(x @ truth).min()) ** 2
        assert sum(history) <= bound


def test_the_perceptron_goes_on_where_no_line_separates(program):
    x = np.array([[0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=float)
    _, history = program(f"{PAGE}/train_a_step")["perceptron"](x, np.array([0, 1, 1, 0]))
    assert len(history) == 100
    assert history[-1] > 0


@given(**SIZES)
def test_the_straight_through_gradient_is_that_without_the_step(program, n, d, seed):
    step = program(f"{PAGE}/train_a_step")["Step"].apply
    z = torch.tensor(np.random.default_rng(seed).normal(size=(n, d)), requires_grad=True)
    torch.testing.assert_close(step(z), torch.heaviside(z.detach(), torch.zeros(1).double()))
    weight = torch.arange(1.0, d + 1).double()
    (gradient,) = torch.autograd.grad((step(z) * weight).sum(), z)
    torch.testing.assert_close(gradient, weight.expand(n, d))


@pytest.mark.parametrize("numbering", [(0, 1, 2), (2, 0, 1)])
def test_every_method_of_the_id_program_learns_what_it_can(program, numbering):
    names = program(f"{PAGE}/class_ids_are_not_numbers")
    x, group = names["groups"]([(-2, 1), (2, 1), (0, -2)])  # not in a row
    y = np.array(numbering)[group]
    assert (names["softmax_regression"](x, y) == y).mean() > 0.99
    assert (names["one_hot_least_squares"](x, y) == y).mean() > 0.99
    theirs = torch.linalg.lstsq(torch.tensor(x), torch.tensor(y).double()[:, None])
    ids = (torch.tensor(x) @ theirs.solution)[:, 0].round().clamp(0, 2)
    np.testing.assert_array_equal(names["ids_as_numbers"](x, y), ids)


@examples(30)
@given(decay=st.sampled_from([0.0, 0.03]), **SIZES)
def test_descent_with_signs_as_targets_is_logistic_regression(program, n, d, seed, decay):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(n, d)), rng.choice([-1.0, 1.0], size=n)
    w = torch.zeros(d, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.5, weight_decay=decay)
    for _ in range(3):
        optimizer.zero_grad()
        target = torch.tensor(y > 0).double()
        F.binary_cross_entropy_with_logits(torch.tensor(x) @ w, target).backward()
        optimizer.step()
    ours = program(f"{PAGE}/no_finite_optimum")["descend"](x, y, 3, decay)
    np.testing.assert_allclose(ours, w.detach().numpy(), rtol=1e-9, atol=1e-12)


@given(seed=st.integers(0, 10**6))
def test_newtons_method_ends_where_the_weighted_gradient_is_zero(program, seed):
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.normal(size=(80, 2)), np.ones(80)])
    y = (rng.random(80) < 0.4).astype(float)  # no line separates pure noise
    weight = rng.uniform(0.5, 4, size=80)
    w = program(f"{PAGE}/rare_class")["fit"](x, y, weight)
    _, slope = by_autograd(
        lambda w: F.binary_cross_entropy_with_logits(
            torch.tensor(x) @ w, torch.tensor(y), torch.tensor(weight), reduction="sum"
        ),
        w,
    )
    assert np.abs(slope).max() < 1e-8


@given(strength=st.sampled_from([0.1, 2.0]), **SIZES)
def test_ridge_is_least_squares_with_a_row_of_zeros_for_each_weight(program, n, d, seed, strength):
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(n, d)), rng.normal(size=n)
    rows = np.vstack([x, math.sqrt(strength) * np.eye(d)])
    expected = np.linalg.lstsq(rows, np.append(y, np.zeros(d)))[0]
    ours = program(f"{PAGE}/many_solutions")["ridge"](x, y, strength)
    np.testing.assert_allclose(ours, expected, rtol=1e-7, atol=1e-10)


def test_descent_from_zero_finds_the_shortest_weights(program):
    rng = np.random.default_rng(5)
    x, y = rng.normal(size=(3, 7)), rng.normal(size=3)
    descend = program(f"{PAGE}/many_solutions")["descend"]
    np.testing.assert_allclose(descend(x, y, np.zeros(7)), np.linalg.pinv(x) @ y, atol=1e-6)
    start = rng.normal(size=7)
    beside = start - np.linalg.pinv(x) @ x @ start  # what the examples don't see
    expected = np.linalg.pinv(x) @ y + beside
    np.testing.assert_allclose(descend(x, y, start), expected, atol=1e-6)


X, Y = np.ones((4, 2)), np.array([0.0, 1.0, 1.0, 0.0])
BAD = {
    "a table where a column belongs": ("linear_regression/linear_regression", (X, X), "(4, 2)"),
    "more targets": ("linear_regression/linear_regression", (X, Y[:3]), "(3,)"),
    "constant features": ("linear_regression/linear_regression", (X, Y), "rank 1"),
    "column logits": (
        "logistic_regression/logistic_loss",
        (np.ones(2), 0.0, X, Y[:, None]),
        "(4, 1)",
    ),
    "weights of another size": (
        "logistic_regression/logistic_loss",
        (np.ones(3), 0.0, X, Y),
        "(3,)",
    ),
    "targets -1 and 1": (
        "logistic_regression/logistic_loss",
        (np.ones(2), 0.0, X, 2 * Y - 1),
        "[-1.  1.]",
    ),
    "an id from the end": (
        "softmax_regression/softmax_loss",
        (np.ones((3, 2)), np.ones(3), X, np.array([0, 1, -1, 2])),
        "-1",
    ),
    "an id too many": (
        "softmax_regression/softmax_loss",
        (np.ones((3, 2)), np.ones(3), X, np.array([0, 1, 3, 2])),
        "3 classes",
    ),
    "weights lying on their side": (
        "softmax_regression/softmax_loss",
        (np.ones((2, 3)), np.ones(3), X, np.array([0, 1, 1, 2])),
        "(2, 3)",
    ),
    "temperature 0": ("temperature/softmax", (torch.ones(3), 0.0), "0.0"),
    "a negative temperature": ("temperature/softmax", (torch.ones(3), -2.0), "-2.0"),
    "no temperature": ("temperature/softmax", (torch.ones(3), math.nan), "nan"),
    "signs for the perceptron": ("train_a_step/perceptron", (X, 2 * Y - 1), "-1."),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_inputs_are_refused_by_name(program, case):
    name, arguments, named = BAD[case]
    file, function = name.split("/")
    with pytest.raises(ValueError) as caught:
        program(f"{PAGE}/{file}")[function](*arguments)
    assert named in str(caught.value)
