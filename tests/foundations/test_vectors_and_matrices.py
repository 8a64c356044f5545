"""Products, norms and derivatives of vectors and matrices, against torch and each other."""

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples

pytestmark = pytest.mark.usefixtures("one_thread")
ROOT = Path(__file__).resolve().parents[2]
PAGE = "vectors_and_matrices"
SIZE = st.integers(1, 6)


def randn(*shape, mean=0.0, seed=0):
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, dtype=torch.float64, generator=generator) + mean


@pytest.mark.parametrize("mean", [0.0, 1e4])
@pytest.mark.parametrize(("n", "m"), [(1, 1), (1, 5), (4, 3)])
def test_inner_and_outer_products_and_their_gradients_are_those_of_torch(program, n, m, mean):
    module = program(f"{PAGE}/inner_and_outer")
    a, b, c = randn(n, mean=mean), randn(n, seed=1), randn(m, seed=2)
    for ours, theirs, other in (
        (module["inner"], torch.dot, b),
        (module["outer"], torch.outer, c),
    ):
        torch.testing.assert_close(ours(a, other), theirs(a, other))
        weights = randn(*theirs(a, other).shape, seed=3)
        pulled = [torch.func.vjp(f, a, other)[1](weights) for f in (ours, theirs)]
        torch.testing.assert_close(*pulled)


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("inner", (3,), (1,)),
        ("inner", (3,), (4,)),
        ("inner", (2, 3), (2, 3)),
        ("inner", (), ()),
        ("outer", (3, 1), (4,)),
        ("outer", (3,), (1, 4)),
    ],
)
def test_what_is_no_vector_has_no_product(program, name, first, second):
    with pytest.raises(ValueError) as caught:
        program(f"{PAGE}/inner_and_outer")[name](torch.ones(first), torch.ones(second))
    assert str(first) in str(caught.value)
    assert str(second) in str(caught.value)


@examples(40)
@given(n=SIZE, seed=st.integers(0, 99), scale=st.floats(1e-3, 1e3))
def test_a_cosine_knows_no_length(program, n, seed, scale):
    cosine = program(f"{PAGE}/random_directions")["cosine"]
    a, b = randn(2, 3, n, seed=seed)
    expected = torch.cosine_similarity(a, b, dim=-1)
    torch.testing.assert_close(cosine(a, b), expected)
    torch.testing.assert_close(cosine(scale * a, -b), -expected)
    torch.testing.assert_close(cosine(a, a), torch.ones(3, dtype=torch.float64))


@pytest.mark.parametrize(
    ("a", "b", "told"),
    [
        (torch.ones(2, 3), torch.tensor([[1.0, 1, 1], [0, 0, 0]]), "(2, 3)"),
        (torch.ones(2, 3), torch.ones(3), "(3,)"),
    ],
)
def test_a_vector_without_direction_has_no_cosine(program, a, b, told):
    with pytest.raises(ValueError) as caught:
        program(f"{PAGE}/random_directions")["cosine"](a, b)
    assert told in str(caught.value)


@examples(40)
@given(m=SIZE, k=SIZE, n=SIZE, seed=st.integers(0, 99))
def test_the_four_readings_are_one_product(program, m, k, n, seed):
    a, b = randn(m, k, seed=seed), randn(k, n, seed=seed + 1)
    for way in ("by_entries", "by_columns", "by_rows", "by_outer_products"):
        torch.testing.assert_close(program(f"{PAGE}/matrix_product")[way](a, b), a @ b)


@examples(40)
@given(m=SIZE, k=SIZE, n=SIZE, p=SIZE)
def test_multiplications_are_counted_one_by_one(program, m, k, n, p):
    count = program(f"{PAGE}/matrix_product")["multiplications"]
    one_by_one = sum(1 for _ in range(m) for _ in range(n) for _ in range(k))
    assert count((m, k), (k, n)) == one_by_one
    assert count((m, k), (k, n), (n, p)) == one_by_one + count((m, n), (n, p))


def test_a_product_that_does_not_exist_is_not_counted(program):
    with pytest.raises(ValueError, match=r"\(2, 4\) times \(3, 5\)"):
        program(f"{PAGE}/matrix_product")["multiplications"]((2, 3), (3, 4), (3, 5))


@pytest.mark.parametrize(("count", "inputs", "outputs"), [(1, 3, 2), (6, 1, 4), (3, 5, 1)])
def test_the_gradient_of_weights_is_that_of_autograd(program, count, inputs, outputs):
    x, weight, gradient = randn(count, inputs), randn(outputs, inputs), randn(count, outputs)
    (expected,) = torch.func.vjp(lambda w: x @ w.T, weight)[1](gradient)
    found = program(f"{PAGE}/weight_gradient")["weight_gradient"](x, gradient)
    torch.testing.assert_close(found, expected)
    assert torch.linalg.matrix_rank(found) <= count


@pytest.mark.parametrize(("x", "gradient"), [((3, 4), (1, 2)), ((4,), (2,)), ((3, 4), (3,))])
def test_examples_without_a_gradient_are_refused(program, x, gradient):
    with pytest.raises(ValueError) as caught:
        program(f"{PAGE}/weight_gradient")["weight_gradient"](torch.ones(x), torch.ones(gradient))
    assert str(x) in str(caught.value)
    assert str(gradient) in str(caught.value)


@examples(40)
@given(m=SIZE, n=SIZE, seed=st.integers(0, 99), mean=st.sampled_from([0.0, 1e4]))
def test_the_frobenius_norm_survives_turning_and_transposing(program, m, n, seed, mean):
    module = program(f"{PAGE}/frobenius_norm")
    a = randn(m, n, seed=seed, mean=mean)
    size = module["frobenius"](a)
    torch.testing.assert_close(size, torch.linalg.matrix_norm(a))
    torch.testing.assert_close(module["frobenius"](a.T), size)
    turn = torch.linalg.qr(randn(m, m, seed=seed + 1)).Q
    torch.testing.assert_close(module["frobenius"](turn @ a), size)
    torch.testing.assert_close(module["frobenius"](-3 * a), 3 * size)


@pytest.mark.parametrize("repeats", [(1, 4), (3, 2)])
def test_laying_a_matrix_side_by_side_leaves_the_rms(program, repeats):
    module = program(f"{PAGE}/frobenius_norm")
    a = randn(3, 5)
    torch.testing.assert_close(module["rms"](a.repeat(repeats)), module["rms"](a))
    torch.testing.assert_close(module["rms"](a), a.square().mean().sqrt())


@pytest.mark.parametrize("shape", [(), (4,), (2, 3, 4)])
def test_only_a_matrix_has_a_frobenius_norm(program, shape):
    with pytest.raises(ValueError) as caught:
        program(f"{PAGE}/frobenius_norm")["frobenius"](torch.ones(shape))
    assert str(shape) in str(caught.value)


@pytest.mark.parametrize("rows", [1, 2, 5])
def test_the_average_stretch_is_that_over_the_circle(program, rows):
    a = randn(rows, 2)
    angle = torch.arange(8, dtype=torch.float64) * torch.pi / 4
    stretch = (a @ torch.stack([angle.cos(), angle.sin()])).norm(dim=0)
    found = program(f"{PAGE}/stretch")["average_stretch"](a)
    torch.testing.assert_close(found, stretch.square().mean().sqrt())


@examples(15)
@given(m=SIZE, n=SIZE, seed=st.integers(0, 99), data=st.data())
def test_no_matrix_of_the_rank_lies_closer(program, m, n, seed, data):
    best_of_rank = program(f"{PAGE}/low_rank")["best_of_rank"]
    rank = data.draw(st.integers(0, min(m, n)))
    a = randn(m, n, seed=seed)
    kept, distance = best_of_rank(a, rank)
    assert torch.linalg.matrix_rank(kept) == rank
    torch.testing.assert_close((a - kept).norm(), distance, atol=1e-9, rtol=0)
    others = randn(20, m, rank, seed=seed + 1) @ randn(20, rank, n, seed=seed + 2)
    near = kept + 0.1 * (others - kept)  # of up to twice the rank: cut down to it
    for other in [*others, *(best_of_rank(x, rank)[0] for x in near)]:
        assert (a - other).norm() >= distance - 1e-9


@pytest.mark.parametrize("rank", [-1, 4])
def test_a_rank_that_a_matrix_cannot_have_is_refused(program, rank):
    with pytest.raises(ValueError, match=rf"rank {rank} of a matrix \(3, 5\)"):
        program(f"{PAGE}/low_rank")["best_of_rank"](torch.ones(3, 5), rank)


@examples(40)
@given(seed=st.integers(0, 99))
def test_jacobians_by_hand_and_by_differences_are_those_of_torch(program, seed):
    module = program(f"{PAGE}/gradient_and_jacobian")
    x = randn(3, seed=seed)
    expected = torch.func.jacrev(module["g"])(x)
    torch.testing.assert_close(module["jacobian_of_g"](x), expected)
    found = module["numerical_jacobian"](module["g"], x)
    torch.testing.assert_close(found, expected, atol=1e-7, rtol=1e-7)


@pytest.mark.parametrize(("outputs", "inputs"), [(1, 4), (4, 1), (2, 5)])
def test_the_jacobian_of_a_matrix_is_the_matrix(program, outputs, inputs):
    weight, x = randn(outputs, inputs), randn(inputs, mean=1e4)
    numerical_jacobian = program(f"{PAGE}/gradient_and_jacobian")["numerical_jacobian"]
    found = numerical_jacobian(lambda x: weight @ x, x, step=0.5)
    torch.testing.assert_close(found, weight)


def test_central_differences_fall_with_the_square_of_the_step(program):
    numerical_jacobian = program(f"{PAGE}/gradient_and_jacobian")["numerical_jacobian"]
    x = torch.tensor([1.0], dtype=torch.float64)
    errors = [(numerical_jacobian(torch.exp, x, h) - x.exp()).item() for h in (0.02, 0.01)]
    assert errors[0] / errors[1] == pytest.approx(4, rel=1e-3)


@pytest.mark.parametrize(("shape", "step"), [((2, 3), 1e-6), ((), 1e-6), ((3,), 0.0), ((3,), -1.0)])
def test_an_impossible_difference_is_refused(program, shape, step):
    numerical_jacobian = program(f"{PAGE}/gradient_and_jacobian")["numerical_jacobian"]
    with pytest.raises(ValueError) as caught:
        numerical_jacobian(torch.sin, torch.ones(shape), step)
    assert f"shape {shape}, step {step}" in str(caught.value)


@pytest.mark.parametrize("n", [1, 3, 6])
def test_the_rules_hold_for_other_sizes(program, n):
    module = program(f"{PAGE}/matrix_derivatives")
    x, a, b = randn(n), randn(n, n, seed=1), randn(n, seed=2)
    for rules, inputs in ((module["RULES"], (x, a, b)), (module["OF_MATRICES"], (a, x, b))):
        for function, gradient in rules.values():
            assert module["largest_difference"](function, gradient, [inputs]) < 1e-9


def test_a_wrong_rule_is_found_out(program):
    module = program(f"{PAGE}/matrix_derivatives")
    inputs = randn(3), randn(3, 3, seed=1), randn(3, seed=2)
    square = module["RULES"]["|x|^2"][0]
    assert module["largest_difference"](square, lambda x, a, b: x, [inputs]) > 0.4
    with pytest.raises(ValueError, match=r"\(1,\) instead of \(3,\)"):
        module["largest_difference"](square, lambda x, a, b: x[:1], [inputs])


@pytest.mark.parametrize(("batch", "inputs", "outputs"), [(1, 1, 1), (2, 3, 4), (3, 5, 2)])
def test_the_entries_of_a_jacobian_are_those_that_torch_makes(program, batch, inputs, outputs):
    layer = torch.nn.Linear(inputs, outputs)
    jacobian = torch.func.jacrev(layer)(torch.ones(batch, inputs))
    entries = program(f"{PAGE}/products_with_jacobians")["entries"]
    assert entries(batch, inputs, outputs) == jacobian.numel()


@pytest.mark.parametrize("sizes", [(0, 3, 4), (2, 0, 4), (2, 3, -1)])
def test_a_layer_without_size_is_refused(program, sizes):
    with pytest.raises(ValueError) as caught:
        program(f"{PAGE}/products_with_jacobians")["entries"](*sizes)
    assert "batch {}, inputs {}, outputs {}".format(*sizes) in str(caught.value)


WRONG = [
    ("softmax", lambda p: p.diag()),
    ("softmax", lambda p: p.diag() - p * p),
    ("softmax", lambda p: p * (1 - p)),
    ("softmax", lambda p: torch.outer(p, 1 - p)),
    ("cosines", lambda a, b: a @ b.T),
    ("cosines", lambda a, b: a @ b.T / (a.norm() * b.norm())),
    ("cosines", lambda a, b: a @ b.T / (a.norm(dim=1) * b.norm(dim=1))),
    ("cosines", lambda a, b: (a / a.norm(dim=0)) @ (b / b.norm(dim=0)).T),
    ("factored", lambda u, v: (u @ v.T).norm()),
    ("factored", lambda u, v: u.norm() * v.norm()),
    ("factored", lambda u, v: ((u.T @ u) * (v.T @ v)).sum()),
    ("factored", lambda u, v: (u.T @ u @ v.T @ v).norm().sqrt()),
]
RIGHT = [
    ("softmax", lambda p: p[:, None] * (torch.eye(len(p)) - p)),
    ("cosines", lambda a, b: torch.cosine_similarity(a[:, None], b, dim=2)),
    ("factored", lambda u, v: ((u.T @ u) @ (v.T @ v)).trace().sqrt().item()),
]
ANSWERS = {"softmax": "softmax_jacobian", "cosines": "cosines", "factored": "norm_of_product"}


@pytest.mark.parametrize(
    ("name", "answer", "right"), [(*row, False) for row in WRONG] + [(*row, True) for row in RIGHT]
)
def test_an_exercise_tells_right_answers_from_wrong_ones(name, answer, right, capsys):
    text = (ROOT / f"snippets/{PAGE}/exercise_{name}.py").read_text(encoding="utf-8")
    check = text[text.index("# The check") :]
    try:
        exec(check, {"torch": torch, ANSWERS[name]: answer})
    except RuntimeError as error:  # shapes that do not even fit
        assert not right, error
    else:
        assert capsys.readouterr().out.startswith("right: " if right else "not yet: ")
    finally:
        torch.set_default_dtype(torch.float32)
