"""Losses: the formulas of the programs against torch, on inputs that the page does not show."""

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


@examples(200)
@given(seed=SEED, n=st.integers(1, 7), k=st.integers(2, 9), power=st.floats(-3, 6))
def test_cross_entropy_and_its_gradient_are_torchs(program, seed, n, k, power):
    rng = np.random.default_rng(seed)
    # Means of 1e4 and spreads of 1e6: only differences between logits count.
    logits = 1e4 + 10**power * rng.standard_normal((n, k))
    for target in (rng.integers(k, size=n), rng.dirichlet(np.ones(k), n)):
        loss, gradient = program("losses/cross_entropy_by_hand")["cross_entropy"](logits, target)
        z = torch.tensor(logits, requires_grad=True)
        expected = F.cross_entropy(z, torch.tensor(target))
        expected.backward()
        assert loss == pytest.approx(expected.item(), rel=1e-10, abs=1e-12)
        assert np.allclose(gradient, z.grad.numpy(), atol=1e-12)
        assert np.allclose(gradient.sum(axis=1), 0)


def test_the_cross_entropy_gradient_is_a_finite_difference(program):
    cross_entropy = program("losses/cross_entropy_by_hand")["cross_entropy"]
    rng = np.random.default_rng(1)
    logits, target = rng.standard_normal((3, 5)), np.array([4, 0, 2])
    _, gradient = cross_entropy(logits, target)
    for place in np.ndindex(3, 5):
        step = np.zeros((3, 5))
        step[place] = 1e-5
        slope = cross_entropy(logits + step, target)[0] - cross_entropy(logits - step, target)[0]
        assert slope / 2e-5 == pytest.approx(gradient[place], abs=1e-8)


@pytest.mark.parametrize(
    ("target", "named"),
    [
        (np.array([0, 3]), "3"),
        (np.array([-1, 2]), "-1"),
        (np.array([[0], [1]]), "[1]"),
        (np.array([0, 1, 2]), "2, 3"),
        (np.array([[0.5, 0.5, 0.5], [1, 0, 0]]), "0.5"),
        (np.array([[1.5, -0.5, 0], [1, 0, 0]]), "-0.5"),
    ],
)
def test_cross_entropy_refuses_a_target_by_name(program, target, named):
    with pytest.raises(ValueError) as caught:
        program("losses/cross_entropy_by_hand")["cross_entropy"](np.zeros((2, 3)), target)
    assert named in str(caught.value)


@examples(200)
@given(seed=SEED, delta=st.floats(1e-3, 1e3))
def test_huber_is_torchs_on_both_sides_of_delta(program, seed, delta):
    rng = np.random.default_rng(seed)
    error = np.concatenate([10 * delta * rng.standard_normal(5), [0, delta, -delta, 1e4]])
    loss, slope = program("losses/loss_curves")["huber"](error, delta)
    e = torch.tensor(error, requires_grad=True)
    expected = F.huber_loss(e, torch.zeros_like(e), reduction="none", delta=delta)
    expected.sum().backward()
    assert np.allclose(loss, expected.detach().numpy(), rtol=1e-12)
    assert np.allclose(slope, e.grad.numpy(), rtol=1e-12)


@given(seed=SEED)
def test_a_wide_huber_loss_is_half_the_square_and_a_narrow_one_the_absolute(program, seed):
    huber = program("losses/loss_curves")["huber"]
    error = np.random.default_rng(seed).standard_normal(9)
    assert np.allclose(huber(error, 1e3)[0], error**2 / 2)
    assert np.allclose(huber(error, 1e-6)[0] / 1e-6, abs(error), atol=1e-6)


@pytest.mark.parametrize("delta", [0, -1, float("nan")])
def test_huber_refuses_a_delta_by_name(program, delta):
    with pytest.raises(ValueError, match=str(delta)):
        program("losses/loss_curves")["huber"](np.ones(2), delta)


def test_best_constants_are_mean_and_median(program):
    fit = program("losses/l1_l2_huber")["fit"]
    y = torch.tensor([-3.0, -1.0, 0.5, 0.7, 2.0137], dtype=torch.float64)
    ones = torch.ones(5, 1, dtype=torch.float64)
    assert fit(F.mse_loss, ones, y)[0] == pytest.approx(y.mean().item(), abs=1e-6)
    assert fit(F.l1_loss, ones, y)[0] == pytest.approx(0.5, abs=0.01)


@given(seed=SEED, delta=st.floats(0.1, 3))
@examples(50)
def test_the_huber_constant_has_no_pull_left(program, seed, delta):
    y = np.random.default_rng(seed).standard_cauchy((3, 11))
    constant = program("losses/which_noise")["huber_constant"](y, delta, steps=3000)
    pull = np.clip(y - constant[:, None], -delta, delta).sum(axis=1)
    assert np.allclose(pull, 0, atol=0.05 * delta)


@examples(100)
@given(seed=SEED, size=st.floats(0.1, 1e4))
def test_binary_cross_entropy_is_torchs_at_any_size(program, seed, size):
    torch.manual_seed(seed)
    score = (size * torch.randn(5, dtype=torch.float64)).requires_grad_()
    target = torch.randint(2, (5,)).double()
    ours = program("losses/nll_bce_ce")["binary_cross_entropy"](score, target)
    torchs = F.binary_cross_entropy_with_logits(score, target)
    assert torch.isclose(ours, torchs)
    slopes = [torch.autograd.grad(loss, score)[0] for loss in (ours, torchs)]
    assert torch.allclose(*slopes)


@pytest.mark.parametrize("target", [[0.0, 2.0], [0.5, 1.0], [1.0], [[1.0], [0.0]]])
def test_binary_cross_entropy_refuses_a_target_by_name(program, target):
    with pytest.raises(ValueError, match="expected 0 or 1") as caught:
        program("losses/nll_bce_ce")["binary_cross_entropy"](torch.zeros(2), torch.tensor(target))
    assert str(target[-1]).strip("[]").rstrip("0") in str(caught.value)


@examples(100)
@given(seed=SEED, k=st.integers(2, 9))
def test_divergence_and_entropy_are_those_of_torch(program, seed, k):
    names = program("losses/entropy_and_divergence")
    torch.manual_seed(seed)
    q, p = (3 * torch.randn(2, 4, k, dtype=torch.float64)).softmax(dim=2)
    q[0] = F.one_hot(torch.tensor(1), k)  # zeros in the target are no obstacle
    expected = F.kl_div(p.log(), q, reduction="none").sum(dim=1)
    assert torch.allclose(names["divergence"](q, p), expected)
    assert torch.allclose(names["entropy"](q[1:]), torch.distributions.Categorical(q[1:]).entropy())
    assert names["entropy"](q)[0] == 0
    assert (names["divergence"](q, p) >= 0).all()
    assert torch.allclose(names["divergence"](p, p), torch.zeros(4, dtype=torch.float64))


def test_divergence_refuses_unequal_shapes(program):
    with pytest.raises(ValueError, match=r"2, 3.*1, 3"):
        program("losses/entropy_and_divergence")["divergence"](torch.ones(2, 3), torch.ones(1, 3))


@given(seed=SEED, size=st.floats(0.1, 1e5), k=st.integers(2, 6))
def test_log_sum_exp_is_cross_entropy_at_any_size(program, seed, size, k):
    torch.manual_seed(seed)
    z = (size * torch.randn(1, k, dtype=torch.float64)).requires_grad_()
    ours = program("losses/log_sum_exp")["log_sum_exp"](z)
    torchs = F.cross_entropy(z, torch.tensor([1]))
    assert torch.isclose(ours, torchs)
    slopes = [torch.autograd.grad(loss, z)[0] for loss in (ours, torchs)]
    assert torch.allclose(*slopes, atol=1e-12)


@given(seed=SEED, k=st.integers(2, 40))
def test_no_probabilities_get_below_the_floor_of_a_second_softmax(program, seed, k):
    floor = program("losses/double_softmax")["floor"](k)
    torch.manual_seed(seed)
    p = (10 * torch.randn(50, k, dtype=torch.float64)).softmax(dim=1)
    assert F.cross_entropy(p, p.argmax(dim=1)) >= floor - 1e-12
    perfect = torch.eye(k, dtype=torch.float64)
    assert F.cross_entropy(perfect, torch.arange(k)).item() == pytest.approx(floor)


@pytest.mark.parametrize("classes", [1, 0, -3])
def test_a_floor_for_too_few_classes_is_refused(program, classes):
    with pytest.raises(ValueError, match=f"got {classes}"):
        program("losses/double_softmax")["floor"](classes)


@examples(200)
@given(seed=SEED, k=st.integers(2, 12), epsilon=st.floats(0, 1))
def test_smoothed_targets_give_torchs_loss(program, seed, k, epsilon):
    rng = np.random.default_rng(seed)
    ids, logits = rng.integers(k, size=6), 1e3 + 5 * rng.standard_normal((6, k))
    target = program("losses/label_smoothing")["smooth"](ids, k, epsilon)
    assert np.allclose(target.sum(axis=1), 1)
    ours = F.cross_entropy(torch.tensor(logits), torch.tensor(target))
    torchs = F.cross_entropy(torch.tensor(logits), torch.tensor(ids), label_smoothing=epsilon)
    assert ours.item() == pytest.approx(torchs.item())


@given(k=st.integers(2, 50), epsilon=st.floats(0.001, 0.999))
def test_the_resting_gap_leaves_no_gradient(program, k, epsilon):
    gap = program("losses/label_smoothing")["resting_gap"](k, epsilon)
    z = torch.zeros(1, k, dtype=torch.float64)
    z[0, 1] = gap
    z.requires_grad_()
    F.cross_entropy(z, torch.tensor([1]), label_smoothing=epsilon).backward()
    assert z.grad.abs().max() < 1e-12


@pytest.mark.parametrize("epsilon", [-0.1, 1.1])
def test_smoothing_refuses_an_epsilon_by_name(program, epsilon):
    with pytest.raises(ValueError, match=str(epsilon)):
        program("losses/label_smoothing")["smooth"](np.array([0]), 3, epsilon)


@given(p=st.floats(0.001, 0.999), weight=st.floats(0.01, 100))
def test_the_weighted_probability_has_the_least_weighted_loss(program, p, weight):
    r = program("losses/class_weights")["weighted_probability"](p, weight)
    z = torch.tensor(math.log(r / (1 - r)), dtype=torch.float64, requires_grad=True)
    loss = -weight * p * F.logsigmoid(z) - (1 - p) * F.logsigmoid(-z)
    loss.backward()
    assert abs(z.grad.item()) < 1e-9 * max(weight, 1)
    # The page's rule: it says yes exactly where the true one exceeds 1 / (1 + weight).
    if abs(p - 1 / (1 + weight)) > 1e-9:
        assert (r > 0.5) == (p > 1 / (1 + weight))


@pytest.mark.parametrize("weight", [0, -2, float("nan")])
def test_a_weight_of_zero_or_below_is_refused(program, weight):
    with pytest.raises(ValueError, match=str(weight)):
        program("losses/class_weights")["weighted_probability"](0.5, weight)


def test_weights_of_torchs_losses_divide_as_the_page_says():
    torch.manual_seed(3)
    z, y = torch.randn(7, 4, dtype=torch.float64), torch.randint(4, (7,))
    w = torch.rand(4, dtype=torch.float64) + 0.5
    each = F.cross_entropy(z, y, w, reduction="none")
    one_hot = F.one_hot(y, 4).double()
    assert torch.isclose(F.cross_entropy(z, y, w), each.sum() / w[y].sum())
    assert torch.isclose(F.cross_entropy(z, one_hot, w), each.sum() / 7)


def test_judge_counts_the_examples_above_one_half(program):
    p = torch.tensor([0.2, 0.7, 0.9, 0.51], dtype=torch.float64)
    loss, accuracy = program("losses/loss_moves_more_than_accuracy")["judge"](p)
    assert accuracy == 0.75
    assert loss == pytest.approx(-p.log().mean().item())


def _by_loops(p, right, bins):
    """Return the expected calibration error, example by example."""
    total = 0
    for b in range(bins):
        members = [
            (row.max().item(), hit.item())
            for row, hit in zip(p, right, strict=True)
            if b / bins < row.max() <= (b + 1) / bins
        ]
        total += abs(sum(c for c, _ in members) - sum(h for _, h in members)) / len(p)
    return total


@examples(50)
@given(seed=SEED, n=st.integers(1, 60), bins=st.integers(1, 20))
def test_the_calibration_error_is_that_of_a_plain_loop(program, seed, n, bins):
    torch.manual_seed(seed)
    p = (2 * torch.randn(n, 3, dtype=torch.float64)).softmax(dim=1)
    right = torch.rand(n) < 0.5
    confidence, accuracy, share = program("losses/calibration")["reliability"](p, right, bins)
    error = share @ (confidence - accuracy).abs()
    assert share.sum().item() == pytest.approx(1)
    assert error.item() == pytest.approx(_by_loops(p, right, bins))


def test_reliability_refuses_shapes_that_do_not_fit(program):
    reliability = program("losses/calibration")["reliability"]
    for p, right in ((torch.ones(4), torch.ones(4)), (torch.ones(4, 2), torch.ones(3))):
        with pytest.raises(ValueError) as caught:
            reliability(p, right)
        assert str(right.shape) in str(caught.value)


def test_squared_error_is_slow_where_the_answer_is_most_wrong(program):
    steps = program("losses/why_not_squared")["steps_to_learn"]

    def squared(s):
        return (s.sigmoid() - 1) ** 2

    assert steps(squared, start=-3.0) > 3 * steps(lambda s: F.softplus(-s), start=-3.0)
    assert steps(squared, start=1.0) == 0
