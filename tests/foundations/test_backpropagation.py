"""Backpropagation: the programs' gradients against torch, on inputs that the page does not show."""

import itertools

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples

pytestmark = pytest.mark.usefixtures("one_thread")
SIZES = st.tuples(*[st.integers(1, 5)] * 4)  # N, D, H, K


def draw(*shapes, seed=0, scale=1.0, shift=0.0):
    generator = torch.Generator().manual_seed(seed)
    return [
        shift + scale * torch.randn(s, dtype=torch.float64, generator=generator) for s in shapes
    ]


@examples(200)
@given(sizes=SIZES, seed=st.integers(0, 99), scale=st.sampled_from([0.1, 1.0, 1e4]))
def test_two_layers_by_hand_have_the_loss_and_the_gradients_of_torch(program, sizes, seed, scale):
    n, d, h, k = sizes
    shapes = ((n, d), (n, k), (h, d), (h,), (k, h), (k,))
    x, t, w1, b1, w2, b2 = given_ = draw(*shapes, seed=seed, scale=scale)
    for a in given_:
        a.requires_grad_()
    y = F.linear(F.linear(x, w1, b1).relu(), w2, b2)
    loss = F.mse_loss(y, t, reduction="sum") / (2 * n)
    theirs = torch.autograd.grad(loss, (x, w1, b1, w2, b2))
    by_hand = program("backpropagation/two_layer_by_hand")["loss_and_gradients"]
    forward, backward = by_hand(*(a.detach() for a in given_))
    assert torch.allclose(forward["L"], loss, rtol=1e-9)
    for name, expected in zip(("x", "w1", "b1", "w2", "b2"), theirs, strict=True):
        assert backward[name].shape == expected.shape
        assert torch.allclose(backward[name], expected, rtol=1e-9, atol=1e-9 * scale**3), name


@pytest.mark.parametrize("wrong", range(6))
def test_shapes_that_do_not_fit_are_refused_by_name(program, wrong):
    shapes = [(5, 4), (5, 2), (3, 4), (3,), (2, 3), (2,)]
    shapes[wrong] = (1, *shapes[wrong])  # it would broadcast
    by_hand = program("backpropagation/two_layer_by_hand")["loss_and_gradients"]
    with pytest.raises(ValueError) as caught:
        by_hand(*draw(*shapes))
    assert str(shapes[wrong]) in str(caught.value)


def test_the_worked_example_is_the_drawn_one(program):
    names = program("backpropagation/two_layer_by_hand")
    backward = names["backward"]
    assert backward["h"].tolist() == [[2, -4, -2]]
    assert backward["z"].tolist() == [[2, 0, -2]]
    assert backward["w1"].tolist() == [[2, 4], [0, 0], [-2, -4]]
    assert backward["w2"].tolist() == [[6, 0, 4]]


STEPS = st.lists(
    st.tuples(st.sampled_from(["+", "*", "tanh"]), st.integers(0, 99), st.integers(0, 99)),
    min_size=1,
    max_size=25,
)


def run(steps, values):
    """Apply steps to a growing list of values; return the last one."""
    values = list(values)
    for kind, i, j in steps:
        a, b = values[i % len(values)], values[j % len(values)]
        values.append(a + b if kind == "+" else (a * b).tanh() if kind == "*" else a.tanh())
    return values[-1]


@examples(200)
@given(steps=STEPS, numbers=st.lists(st.floats(-2, 2), min_size=3, max_size=3))
def test_any_graph_has_the_gradients_of_torch(program, steps, numbers):
    Value = program("backpropagation/tiny_autograd")["Value"]
    leaves = [Value(n) for n in numbers]
    last = run(steps, leaves)
    tensors = [torch.tensor(n, dtype=torch.float64, requires_grad=True) for n in numbers]
    result = run(steps, tensors)
    theirs = torch.autograd.grad(result, tensors, allow_unused=True)
    assert last.data == pytest.approx(result.item(), abs=1e-12)
    for leaf, expected in zip(leaves, theirs, strict=True):
        found = last.gradients().get(leaf, 0.0)
        assert found == pytest.approx(0.0 if expected is None else expected.item(), abs=1e-9)


def test_a_deep_graph_is_walked_without_recursion(program):
    Value = program("backpropagation/tiny_autograd")["Value"]
    x = y = Value(1.0)
    for _ in range(2000):
        y = y + x
    assert y.gradients()[x] == 2001


@examples(30)
@given(n=st.integers(1, 5), d=st.integers(1, 5), h=st.integers(1, 5), seed=st.integers(0, 99))
def test_each_rule_is_the_product_with_the_jacobian(program, n, d, h, seed):
    rules = program("backpropagation/vector_jacobian_product")["RULES"]
    for name, (operation, rule, _) in rules.items():
        x, w = draw((n, d), (h, d), seed=seed, scale=2.0)
        x.requires_grad_()
        w.requires_grad_()
        y = operation(x, w)
        (dy,) = draw(y.shape, seed=seed + 1)
        of = w if name.endswith("by w") else x
        (expected,) = torch.autograd.grad(y, of, dy)
        found = rule(x.detach(), w.detach(), y.detach(), dy)
        assert found.shape == expected.shape
        assert torch.allclose(found, expected, atol=1e-12), name


@pytest.mark.parametrize("depth, width", [(1, 3), (3, 5), (6, 4)])
def test_forward_and_reverse_mode_agree_in_any_direction(program, depth, width):
    names = program("backpropagation/reverse_vs_forward_cost")
    weights = draw(*[(width, width)] * depth)
    moves = draw(*[(width, width)] * depth, seed=1)
    (x,) = draw((7, width), seed=2)
    for w in weights:
        w.requires_grad_()
    gradient = names["reverse_mode"](weights, x)
    along = sum((g * m).sum() for g, m in zip(gradient, moves, strict=True))
    assert torch.allclose(names["forward_mode"](weights, moves, x).sum(), along)


@pytest.mark.parametrize("depth", [1, 2, 5])
def test_the_backward_pass_costs_what_the_page_says(program, depth):
    names = program("backpropagation/reverse_vs_forward_cost")
    weights = draw(*[(6, 6)] * depth)
    (x,) = draw((3, 6), seed=1)
    for w in weights:
        w.requires_grad_()
    one, _ = names["flops"](names["forward"], weights, x)
    all_, _ = names["flops"](names["reverse_mode"], weights, x)
    assert one == depth * 2 * 3 * 6 * 6
    assert all_ / one == pytest.approx(3 - 1 / depth)


def test_what_is_kept_counts_each_tensor_once_and_no_weights(program):
    kept = program("backpropagation/memory")["kept"]
    (x,) = draw((7, 3))
    x.requires_grad_()
    layer = torch.nn.Linear(3, 5, dtype=torch.float64)
    assert kept(lambda x: x * x, x.clone()) == 21
    assert kept(layer, x.detach(), weights=[layer.weight]) == 21
    assert kept(lambda x: layer(x).tanh(), x.detach(), weights=[layer.weight]) == 21 + 35
    assert kept(layer, x.clone(), weights=[layer.weight]) == 21
    assert kept(layer, x.clone()) == 21 + 15  # the weight, without which x gets no gradient
    assert kept(lambda x: x + 1, x.clone()) == 0
    with torch.no_grad():
        assert kept(lambda x: layer(x).tanh(), x) == 0


def gradients_of_the_check(program, n, d, h, seed):
    names = program("backpropagation/gradient_check")
    rng = np.random.default_rng(seed)
    w, v = rng.normal(size=(h, d)), rng.normal(size=h)
    x, t = rng.normal(size=(n, d)), rng.normal(size=n)
    return names, w, v, x, t


@given(n=st.integers(1, 5), d=st.integers(1, 4), h=st.integers(1, 4), seed=st.integers(0, 99))
@examples(50)
def test_the_checked_gradient_is_right_and_found_so(program, n, d, h, seed):
    names, w, v, x, t = gradients_of_the_check(program, n, d, h, seed)
    ours = names["gradient"](w, v, x, t)
    weight = torch.tensor(w, requires_grad=True)
    y = (torch.tensor(x) @ weight.T).tanh() @ torch.tensor(v)
    loss = F.mse_loss(y, torch.tensor(t)) + names["WEIGHT_DECAY"] * weight.square().sum()
    assert names["loss"](w, v, x, t) == pytest.approx(loss.item())
    loss.backward()
    assert np.allclose(ours, weight.grad.numpy(), atol=1e-12)
    error = names["relative_error"](lambda w: names["loss"](w, v, x, t), ours, w)
    assert error < 1e-6
    assert names["relative_error"](lambda w: names["loss"](w, v, x, t), 1.1 * ours, w) > 0.04


def test_a_check_of_other_shapes_is_refused_by_name(program):
    check = program("backpropagation/gradient_check")["relative_error"]
    with pytest.raises(ValueError, match=r"\(1, 3\).*\(2, 3\)"):
        check(np.sum, np.ones((1, 3)), np.ones((2, 3)))


@pytest.mark.parametrize(
    "kind, dtype, order", [("one-sided", np.float64, 1), ("central", np.float64, 2)]
)
def test_the_error_of_a_difference_falls_with_its_order(program, kind, dtype, order):
    error = program("backpropagation/difference_step")["error"]
    ratio = error(kind, dtype, 1e-2) / error(kind, dtype, 1e-3)
    assert np.log10(ratio) == pytest.approx(order, abs=0.1)
    assert error(kind, dtype, 1e-11) > 10 * error(kind, dtype, 1e-7)  # rounding takes over


def test_the_slope_of_the_difference_program_is_that_of_its_function(program):
    names = program("backpropagation/difference_step")
    x = torch.linspace(-3, 3, 41, dtype=torch.float64, requires_grad=True)
    names["f"](x).sum().backward()
    assert np.allclose(names["slope"](x.detach().numpy()), x.grad.numpy())


def test_the_careful_root_has_the_values_of_the_careless_one_and_finite_gradients(program):
    names = program("backpropagation/nan_gradient")
    values = [-1e4, -1e-300, 0.0, 1e-12, 2.0, 1e8]
    for function, finite in ((names["careless"], False), (names["careful"], True)):
        x = torch.tensor(values, dtype=torch.float64, requires_grad=True)
        y = function(x)
        assert y.tolist() == pytest.approx([max(v, 0.0) ** 0.5 for v in values])
        y.sum().backward()
        assert bool(x.grad.isfinite().all()) == finite
        assert x.grad[3:].tolist() == pytest.approx([0.5 * v**-0.5 for v in values[3:]])


def test_only_checks_across_a_kink_are_called_wrong(program):
    wrong = program("backpropagation/kinks")["wrong"]
    torch.set_default_dtype(torch.float64)
    try:
        assert wrong(torch.nn.Softplus(), 1e-4) == 0
        assert wrong(torch.nn.LeakyReLU(0.5), 1e-2) > 0
    finally:
        torch.set_default_dtype(torch.float32)


def test_a_step_of_backward_moves_nothing(program):
    names = program("backpropagation/backward_is_not_a_step")
    losses = []
    for rate in (0.1, 0.5, 2.0):
        names["net"].load_state_dict(names["start"])
        names["net"].zero_grad()
        loss = F.mse_loss(names["net"](names["x"]), names["t"])
        loss.backward()
        assert torch.equal(names["net"].weight, names["start"]["weight"])
        torch.optim.SGD(names["net"].parameters(), rate).step()
        losses.append(F.mse_loss(names["net"](names["x"]), names["t"]) - loss)
    smallest = F.mse_loss(names["columns"] @ names["best"], names["t"])
    assert losses[0] < 0 < losses[2]
    for a, b in itertools.product((-0.01, 0.01), range(4)):
        moved = names["best"].clone()
        moved[b] += a
        assert F.mse_loss(names["columns"] @ moved, names["t"]) > smallest


def normalize_by_wrong_rules():
    def length(x):
        return x.norm(dim=1, keepdim=True)

    return [
        lambda x, dy: dy / length(x),
        lambda x, dy: dy - x * (x * dy).sum(1, keepdim=True) / length(x) ** 2,
        lambda x, dy: dy / length(x) - x * (x * dy).sum() / length(x) ** 3,
    ]


@pytest.mark.parametrize("answer", normalize_by_wrong_rules())
def test_the_exercise_is_solved_by_its_solution_and_not_by_half_of_it(program, answer):
    right = program("backpropagation/exercise_normalize_solution")["backward"]
    x, dy = draw((4, 3), (4, 3))
    x.requires_grad_()
    (expected,) = torch.autograd.grad(F.normalize(x, dim=1), x, dy)
    assert torch.allclose(right(x.detach(), dy), expected)
    assert not torch.allclose(answer(x.detach(), dy), expected, atol=1e-3)
