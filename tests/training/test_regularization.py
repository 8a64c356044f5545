"""Regularization: closed forms against torch's optimizers and against brute force."""

import itertools

import pytest
import torch

pytestmark = pytest.mark.usefixtures("one_thread")


@pytest.fixture
def shrinkage(program):
    return program("regularization/l1_l2_shrinkage")


@pytest.fixture(autouse=True)
def seed():
    torch.manual_seed(3)


@pytest.mark.parametrize("name, power", [("l1_minimizer", 1), ("l2_minimizer", 2)])
def test_no_other_weight_has_a_lower_sum_of_loss_and_penalty(shrinkage, name, power):
    for lam in (0.0, 0.3, 1.0, 2.5, 1e4):
        a = torch.tensor([-1e4, -1.7, -0.3, 0.0, 1e-9, 0.8, 2.6, 1e4], dtype=torch.float64)
        w = shrinkage[name](a, lam)

        def total(w, a=a, lam=lam):
            return (w - a) ** 2 / 2 + lam * w.abs() ** power / power

        for step in (1e-3, -1e-3, 0.1, -0.1, 5.0, -5.0):
            assert (total(w) <= total(w + step) + 1e-9).all()
        assert (total(w) <= total(torch.zeros_like(a)) + 1e-9).all()


def test_l1_takes_the_same_off_every_weight_and_l2_the_same_share(shrinkage):
    a = torch.tensor([2.0, -3.0, 11.0], dtype=torch.float64)
    assert torch.equal((a - shrinkage["l1_minimizer"](a, 0.5)).abs(), torch.full_like(a, 0.5))
    torch.testing.assert_close(shrinkage["l2_minimizer"](a, 0.6) / a, torch.full_like(a, 0.625))


def test_l2_is_the_fixed_point_of_sgd_with_weight_decay(shrinkage):
    a = torch.randn(3, 2, dtype=torch.float64) * 10
    w = torch.zeros_like(a, requires_grad=True)
    sgd = torch.optim.SGD([w], lr=0.3, weight_decay=0.7)
    for _ in range(100):
        w.grad = w.detach() - a
        sgd.step()
    torch.testing.assert_close(w.detach(), shrinkage["l2_minimizer"](a, 0.7))


def test_the_soft_thresholds_of_two_programs_agree(program, shrinkage):
    a = torch.randn(50, dtype=torch.float64)
    soft = program("regularization/exact_zeros")["soft_threshold"]
    for t in (0.0, 0.2, 3.0):
        assert torch.equal(soft(a, t), shrinkage["l1_minimizer"](a, t))
        assert torch.equal(soft(a, t), torch.nn.functional.softshrink(a, t))


@pytest.mark.parametrize("name", ["l1_minimizer", "l2_minimizer"])
def test_a_negative_penalty_is_refused(shrinkage, name):
    with pytest.raises(ValueError, match=r"-0\.5"):
        shrinkage[name](torch.ones(2), -0.5)


def test_penalties_are_those_of_torch_and_count_what_is_not_zero(program):
    weight = torch.tensor([[3.0, 0.0, -4.0], [0.0, 0.0, 0.5]], dtype=torch.float64)
    number, l1, l2 = program("regularization/size_not_number")["penalties"](weight)
    assert (number, l1) == (3, 7.5)
    assert l2.item() == pytest.approx((9 + 16 + 0.25) / 2)


def test_a_way_to_decay_that_does_not_exist_is_refused(program):
    run = program("regularization/weight_decay_vs_l2")["run"]
    with pytest.raises(ValueError, match="shrnk"):
        run(torch.optim.SGD, {}, "shrnk")


@pytest.mark.parametrize(
    "make, options, same",
    [
        (torch.optim.Adagrad, {}, "penalty"),
        (torch.optim.RMSprop, {"momentum": 0.5}, "penalty"),
        (torch.optim.SGD, {"momentum": 0.9, "nesterov": True}, "penalty"),
        (torch.optim.NAdam, {"decoupled_weight_decay": True}, "shrink"),
        (torch.optim.AdamW, {"amsgrad": True}, "shrink"),
    ],
)
def test_other_optimizers_are_of_one_kind_or_the_other(program, make, options, same):
    run = program("regularization/weight_decay_vs_l2")["run"]
    own = run(make, options, "weight_decay")
    for how in ("penalty", "shrink", "whole square"):
        got = run(make, options, how)
        assert torch.allclose(own, got, rtol=1e-9) == (how == same), how


def quadratic(dimensions, seed):
    """Return a Hessian, a minimizer, and the eigenvalues and eigenvectors."""
    generator = torch.Generator().manual_seed(seed)
    root = torch.randn(7, dimensions, generator=generator, dtype=torch.float64)
    hessian = root.T @ root / 7
    solution = torch.randn(dimensions, generator=generator, dtype=torch.float64)
    return hessian, solution, *torch.linalg.eigh(hessian)


@pytest.mark.parametrize("steps", [0, 1, 6, 41])
def test_stopping_keeps_what_gradient_descent_has_reached(program, steps):
    kept = program("regularization/early_stopping_filter")["kept_by_stopping"]
    hessian, solution, curvature, directions = quadratic(4, steps)
    lr = 1.7 / curvature.max().item()
    w = torch.zeros(4, dtype=torch.float64, requires_grad=True)
    sgd = torch.optim.SGD([w], lr=lr)
    for _ in range(steps):
        w.grad = hessian @ (w.detach() - solution)
        sgd.step()
    expected = directions @ (kept(curvature, lr, steps) * (directions.T @ solution))
    torch.testing.assert_close(w.detach(), expected)


@pytest.mark.parametrize("lam", [0, 0.2, 30])
def test_l2_keeps_what_the_gradient_says(program, lam):
    kept = program("regularization/early_stopping_filter")["kept_by_l2"]
    hessian, solution, curvature, directions = quadratic(5, 9)
    w = directions @ (kept(curvature, lam) * (directions.T @ solution))
    slope = hessian @ (w - solution) + lam * w
    torch.testing.assert_close(slope, torch.zeros_like(slope), atol=1e-10, rtol=0)


def test_small_shares_of_both_filters_are_alike(program):
    names = program("regularization/early_stopping_filter")
    flat = torch.tensor([1e-6, 1e-5], dtype=torch.float64)
    stopped = names["kept_by_stopping"](flat, 0.1, 50)
    torch.testing.assert_close(stopped, names["kept_by_l2"](flat, 1 / 5), rtol=1e-4, atol=0)


@pytest.mark.parametrize("lr", [0.0, -0.1, 0.5, 3.0])
def test_a_rate_at_which_descent_diverges_is_refused(program, lr):
    kept = program("regularization/early_stopping_filter")["kept_by_stopping"]
    with pytest.raises(ValueError, match=str(lr)):
        kept(torch.tensor([0.1, 4.0]), lr, 10)


def test_a_negative_strength_of_l2_is_refused(program):
    with pytest.raises(ValueError, match="-1"):
        program("regularization/early_stopping_filter")["kept_by_l2"](torch.ones(2), -1)


@pytest.mark.parametrize("members, offset", [(1, 0), (2, 0), (5, 0), (5, 1e4)])
def test_the_expected_error_is_the_mean_over_all_subsets(program, members, offset):
    expected_error = program("regularization/why_averaging_helps")["expected_error"]
    errors = torch.randn(members, 6, dtype=torch.float64) + offset
    for k in range(1, members + 1):
        subsets = [list(rows) for rows in itertools.combinations(range(members), k)]
        mean = sum((errors[rows].mean(dim=0) ** 2).mean() for rows in subsets) / len(subsets)
        torch.testing.assert_close(expected_error(errors, k), mean)


@pytest.mark.parametrize("k", [0, -1, 4])
def test_an_ensemble_of_members_that_do_not_exist_is_refused(program, k):
    with pytest.raises(ValueError, match=f"{k} of 3"):
        program("regularization/why_averaging_helps")["expected_error"](torch.ones(3, 2), k)


def test_losses_of_stacked_networks_are_those_of_each(program):
    loss = program("regularization/decay_sweep")["loss"]
    z, y = torch.randn(3, 5, 4, dtype=torch.float64), torch.tensor([0, 3, 1, 1, 2])
    expected = torch.stack([torch.nn.functional.cross_entropy(one, y) for one in z])
    torch.testing.assert_close(loss(z, y), expected)
