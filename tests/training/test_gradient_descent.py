"""Gradient descent and its noise: formulas against torch and against all possible batches."""

from itertools import combinations, product

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.examples import examples

SEED = st.integers(0, 10**6)


@examples(50)
@given(seed=SEED, size=st.integers(1, 6), lr=st.floats(1e-3, 0.5))
def test_descent_is_torchs_on_any_bowl(program, seed, size, lr):
    rng = np.random.default_rng(seed)
    root = rng.standard_normal((size, size)) / size
    hessian, start = root @ root.T, 1e4 * rng.standard_normal(size)
    points = program("gradient_descent/gradient_descent")["descend"](
        start, lambda theta: hessian @ theta, lr, 6
    )
    weight = torch.tensor(start, requires_grad=True)
    sgd = torch.optim.SGD([weight], lr)
    for point in points:
        assert np.allclose(point, weight.detach(), rtol=1e-10)
        sgd.zero_grad()
        (weight @ torch.tensor(hessian) @ weight / 2).backward()
        sgd.step()
    assert points.shape == (7, size)


@given(seed=SEED)
def test_all_coordinates_move_at_once(program, seed):
    """After a step each coordinate depends on the old place of the others alone."""
    rng = np.random.default_rng(seed)
    hessian, theta = rng.standard_normal((3, 3)), rng.standard_normal(3)
    after = program("gradient_descent/gradient_descent")["descend"](
        theta, lambda place: hessian @ place, 0.1, 1
    )[-1]
    for n in range(3):
        assert after[n] == pytest.approx(theta[n] - 0.1 * sum(hessian[n] * theta))


def test_the_gradients_of_the_programs_are_those_of_autograd(program):
    """Each by the loss that stands beside it, at a place that the program does not visit."""
    names = program("gradient_descent/gradient_descent")
    theta = torch.tensor([3.0, -7.0], dtype=torch.float64, requires_grad=True)
    error = torch.tensor(names["x"]) @ theta - torch.tensor(names["y"])
    (expected,) = torch.autograd.grad(error.square().mean(), theta)
    assert np.allclose(names["gradient"](theta.detach().numpy()), expected)

    names = program("gradient_descent/steepest")
    theta = torch.linspace(-2, 1, 5, dtype=torch.float64, requires_grad=True)
    value = (torch.tensor(names["slopes"]) @ theta).logsumexp(dim=0)
    assert names["loss"](theta.detach().numpy()) == pytest.approx(value.item())
    (expected,) = torch.autograd.grad(value, theta)
    assert np.allclose(names["gradient"](theta.detach().numpy()), expected)

    x, y = np.random.default_rng(1).standard_normal((2, 4, 2))
    theta = torch.tensor([0.5, -4.0], dtype=torch.float64, requires_grad=True)
    (expected,) = torch.autograd.grad(
        F.mse_loss(torch.tensor(x) @ theta, torch.tensor(y[:, 0])), theta
    )
    ours = program("gradient_descent/gd_sgd_minibatch")["gradient"]
    assert np.allclose(2 * ours(theta.detach().numpy(), x, y[:, 0]), expected)


def draw_gradients(seed, count, mean):
    rng = np.random.default_rng(seed)
    return mean + rng.standard_normal((count, 3))


@examples(60)
@given(
    seed=SEED,
    count=st.integers(1, 7),
    batch=st.integers(1, 4),
    mean=st.sampled_from([0, 1, 1e4]),
)
def test_the_variance_is_that_over_all_batches(program, seed, count, batch, mean):
    gradients = draw_gradients(seed, count, mean)
    variance = program("gradient_descent/gradient_variance")["batch_variance"]
    full = gradients.mean(axis=0)
    for replacement in (False, True):
        if batch > count and not replacement:
            continue
        batches = (
            product(range(count), repeat=batch)
            if replacement
            else combinations(range(count), batch)
        )
        means = np.array([gradients[list(chosen)].mean(axis=0) for chosen in batches])
        expected = ((means - full) ** 2).sum(axis=1).mean()
        assert variance(gradients, batch, replacement) == pytest.approx(
            expected, rel=1e-6, abs=1e-9
        )


@given(seed=SEED, count=st.integers(2, 40))
def test_the_whole_set_has_no_noise(program, seed, count):
    gradients = draw_gradients(seed, count, 5)
    variance = program("gradient_descent/gradient_variance")["batch_variance"]
    assert variance(gradients, count) == 0
    single = variance(gradients, 1)
    assert single == pytest.approx(gradients.var(axis=0).sum())
    assert variance(gradients, 2, replacement=True) == pytest.approx(single / 2)


@given(count=st.integers(1, 300), batch=st.integers(1, 300))
def test_the_shares_are_those_of_torchs_split(program, count, batch):
    assume(batch <= count)
    share = program("gradient_descent/mean_or_sum")["share"](count, batch)
    expected = torch.cat(
        [torch.full((len(b),), 1 / len(b)) for b in torch.arange(count).split(batch)]
    )
    assert np.allclose(share, expected)


@given(batch=st.sampled_from([1, 3, 7, 20]), lr=st.floats(1e-3, 2), seed=SEED)
@examples(50)
def test_an_epoch_of_logistic_steps_is_torchs(program, batch, lr, seed):
    rng = np.random.default_rng(seed)
    x, y = 30 * rng.standard_normal((20, 4)), rng.choice([-1, 1], 20)
    names = program("gradient_descent/epoch_cost")
    weight = torch.zeros(4, dtype=torch.float64, requires_grad=True)
    for xs, ys in zip(torch.tensor(x).split(batch), torch.tensor(y).split(batch), strict=True):
        (gradient,) = torch.autograd.grad(F.softplus(-ys * (xs @ weight)).mean(), weight)
        weight.data -= lr * gradient
    theta = names["one_epoch"](x, y, batch, lr)
    assert np.allclose(theta, weight.detach())
    expected = F.softplus(-torch.tensor(y) * (torch.tensor(x) @ weight)).mean().item()
    assert names["loss"](theta, x, y) == pytest.approx(expected)


def test_the_losses_of_several_rates_are_the_losses_of_each(program):
    rng = np.random.default_rng(4)
    theta, x, y = rng.standard_normal((3, 20)), rng.standard_normal((9, 20)), rng.choice([-1, 1], 9)
    ours = program("gradient_descent/critical_batch_size")["losses"](theta, x, y)
    single = program("gradient_descent/epoch_cost")["loss"]
    assert np.allclose(ours, [single(row, x, y) for row in theta])


def test_a_full_batch_takes_a_step_for_each_pass(program):
    names = program("gradient_descent/gd_sgd_minibatch")
    points = names["train"](200, 0.3, 4, np.random.default_rng(1))
    theta = np.zeros(2)
    for point in points:
        assert np.allclose(point, theta)
        theta = theta - 0.3 * names["gradient"](theta, names["x"], names["y"])
    assert len(names["train"](30, 0.1, 3, np.random.default_rng(1))) == 1 + 3 * 7


def test_the_floor_falls_with_the_rate_and_with_shuffling(program):
    distance = program("gradient_descent/noise_floor")["distance"]
    drawn = [distance(2, lr, "drawn", 60, 40) for lr in (0.08, 0.02)]
    shuffled = [distance(2, lr, "shuffled", 60, 40) for lr in (0.08, 0.02)]
    assert 3 < (drawn[0] / drawn[1]) ** 2 < 6  # about as the rate
    assert all(s < d for s, d in zip(shuffled, drawn, strict=True))
    assert distance(2, 0.08, "drawn", 60, 40) > distance(1, 0.08, "drawn", 60, 40) * 1.8
    assert distance(0, 0.08, "shuffled", 60, 40) < 1e-3


def test_a_saddle_holds_descent_and_no_other(program):
    steps = program("gradient_descent/saddles_and_minima")["steps_on_saddle"]
    rng = np.random.default_rng(5)
    assert steps(0, rng, limit=50) == "> 50"
    few, many = steps(1e-2, rng), steps(1e-8, rng)
    # noise grows by a factor of 1.1 a step at a rate of 0.1
    assert many - few == pytest.approx(np.log(1e6) / np.log(1.1), abs=25)


def test_nets_that_are_trained_at_once_do_not_mix(program):
    """Each ends where torch's SGD brings it alone."""
    names = program("gradient_descent/saddles_and_minima")
    torch.set_default_dtype(torch.float64)
    try:
        losses = names["final_losses"](3, runs=4, steps=30, lr=0.3)
        draw = torch.Generator().manual_seed(0)
        first = torch.randn(4, 3, 3, generator=draw)
        second = torch.randn(4, 4, 1, generator=draw) / 3**0.5
    finally:
        torch.set_default_dtype(torch.float32)
    x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
    for run in range(4):
        hidden, out = torch.nn.Linear(2, 3).double(), torch.nn.Linear(3, 1).double()
        with torch.no_grad():
            hidden.weight.copy_(first[run, :2].T)
            hidden.bias.copy_(first[run, 2])
            out.weight.copy_(second[run, :3].T)
            out.bias.copy_(second[run, 3])
        sgd = torch.optim.SGD([*hidden.parameters(), *out.parameters()], 0.3)
        for _ in range(30):
            loss = F.mse_loss(out(hidden(x).tanh())[:, 0], x[:, 0] + x[:, 1] - 2 * x.prod(dim=1))
            sgd.zero_grad()
            loss.backward()
            sgd.step()
        assert losses[run].item() == pytest.approx(loss.item(), rel=1e-9)


def test_a_net_with_no_weights_misses_every_label(program):
    names = program("gradient_descent/equal_training_loss")
    x = torch.randn(5, 4, 10, dtype=torch.float64)
    first, second = torch.ones(5, 10, 3).double(), torch.ones(5, 3, 1).double()
    expected = 3 * x.sum(dim=2, keepdim=True).relu()
    assert torch.allclose(names["outputs"](x, [first, second]), expected)
    assert set(names["labels"](x).unique().tolist()) <= {-1.0, 1.0}


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("gradient_descent/descend", ([0, 0], lambda t: np.ones((2, 1)), 0.1, 1), "(2, 1)"),
        ("gradient_descent/descend", ([0, 0], lambda t: 3.0, 0.1, 1), "()"),
        ("gradient_descent/descend", ([0, 0], lambda t: t, -0.5, 1), "-0.5"),
        ("gradient_variance/batch_variance", (np.ones((4, 2)), 5), "batch of 5"),
        ("gradient_variance/batch_variance", (np.ones((4, 2)), 0, True), "batch of 0"),
        ("mean_or_sum/share", (10, 11), "11"),
        ("mean_or_sum/share", (10, 0), "of 0"),
        ("noise_floor/distance", (1, 0.1, "sorted"), "sorted"),
    ],
)
def test_impossible_inputs_are_refused_by_name(program, name, arguments, said):
    file, function = name.split("/")
    with pytest.raises(ValueError) as caught:
        program(f"gradient_descent/{file}")[function](*arguments)
    assert said in str(caught.value)
