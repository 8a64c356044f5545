"""Optimizers: each rule against torch, and its properties, where the page does not look."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from tests.examples import examples

RATE = st.floats(1e-4, 1)
KEPT = st.floats(0, 0.999)  # mu, alpha or beta
SEED = st.integers(0, 10**6)


def off_from_torch(make, step, start, seed, scale=1e4, steps=5):
    """Return how far a rule is from torch after steps with gradients of very unequal sizes.

    make(parameters) gives torch's optimizer, step(theta, gradient, state) theta and state.
    """
    draw = torch.Generator().manual_seed(seed)
    sizes = torch.tensor([[1e-6], [1.0], [scale]], dtype=torch.float64)  # (3, 1)
    theta = torch.randn(3, 5, generator=draw, dtype=torch.float64)
    weight, state = theta.clone().requires_grad_(), start(theta)
    optimizer = make([weight])
    for _ in range(steps):
        weight.grad = sizes * torch.randn(3, 5, generator=draw, dtype=torch.float64)
        theta, state = step(theta, weight.grad, state)
        optimizer.step()
    return ((theta - weight).abs() / (1 + weight.abs())).max().item()


@examples(50)
@given(lr=RATE, mu=KEPT, dampening=st.floats(0, 1), seed=SEED)
def test_momentum_is_torchs(program, lr, mu, dampening, seed):
    step = program("optimizers/momentum")["momentum_step"]
    assert (
        off_from_torch(
            lambda p: torch.optim.SGD(p, lr, mu, dampening),
            lambda theta, g, v: step(theta, g, v, lr, mu, dampening),
            lambda theta: None,
            seed,
        )
        < 1e-9
    )


@examples(50)
@given(lr=RATE, mu=st.floats(0.01, 0.999), seed=SEED)
def test_nesterov_is_torchs(program, lr, mu, seed):
    step = program("optimizers/nesterov")["nesterov_step"]
    assert (
        off_from_torch(
            lambda p: torch.optim.SGD(p, lr, mu, nesterov=True),
            lambda theta, g, v: step(theta, g, v, lr, mu),
            lambda theta: None,
            seed,
        )
        < 1e-9
    )


@examples(50)
@given(lr=RATE, eps=st.sampled_from([1e-10, 1e-3]), seed=SEED)
def test_adagrad_is_torchs(program, lr, eps, seed):
    step = program("optimizers/adagrad")["adagrad_step"]
    assert (
        off_from_torch(
            lambda p: torch.optim.Adagrad(p, lr, eps=eps),
            lambda theta, g, total: step(theta, g, total, lr, eps),
            torch.zeros_like,
            seed,
        )
        < 1e-12
    )


@examples(50)
@given(lr=RATE, alpha=KEPT, eps=st.sampled_from([1e-8, 1e-3]), seed=SEED)
def test_rmsprop_is_torchs(program, lr, alpha, eps, seed):
    step = program("optimizers/rmsprop")["rmsprop_step"]
    assert (
        off_from_torch(
            lambda p: torch.optim.RMSprop(p, lr, alpha, eps),
            lambda theta, g, v: step(theta, g, v, lr, alpha, eps),
            torch.zeros_like,
            seed,
        )
        < 1e-12
    )


@examples(50)
@given(lr=RATE, betas=st.tuples(KEPT, KEPT), eps=st.sampled_from([1e-8, 1e-3]), seed=SEED)
def test_adam_is_torchs(program, lr, betas, eps, seed):
    step = program("optimizers/adam")["adam_step"]
    assert (
        off_from_torch(
            lambda p: torch.optim.Adam(p, lr, betas, eps),
            lambda theta, g, state: step(theta, g, state, lr, betas, eps),
            lambda theta: (0, 0, 0),
            seed,
        )
        < 1e-11
    )


@examples(50)
@given(lr=RATE, betas=st.tuples(KEPT, KEPT), decay=st.floats(0, 1), seed=SEED)
@pytest.mark.parametrize("coupled", [False, True])
def test_decay_is_that_of_adamw_or_of_adam(program, coupled, lr, betas, decay, seed):
    step = program("optimizers/adamw")["adamw_step"]
    make = torch.optim.Adam if coupled else torch.optim.AdamW
    assert (
        off_from_torch(
            lambda p: make(p, lr, betas, weight_decay=decay),
            lambda theta, g, state: step(theta, g, state, lr, betas, 1e-8, decay, coupled),
            lambda theta: (0, 0, 0),
            seed,
        )
        < 1e-9
    )


@examples(50)
@given(scale=st.floats(1e-3, 1e3), seed=SEED)
def test_the_scale_of_the_loss_changes_nothing_for_adam(program, scale, seed):
    step = program("optimizers/adam")["adam_step"]
    rng = np.random.default_rng(seed)
    plain = scaled = rng.standard_normal(4)
    state, scaled_state = (0, 0, 0), (0, 0, 0)
    for _ in range(5):
        gradient = rng.standard_normal(4) + 3
        plain, state = step(plain, gradient, state, 0.1, eps=0)
        scaled, scaled_state = step(scaled, scale * gradient, scaled_state, 0.1, eps=0)
    assert np.allclose(plain, scaled, rtol=1e-9)


@given(mu=KEPT, lr=RATE)
def test_a_lasting_gradient_is_followed_at_the_effective_rate(program, mu, lr):
    step = program("optimizers/momentum")["momentum_step"]
    theta, v = np.zeros(1), np.array([1 / (1 - mu)])  # the sum, once it has filled up
    after, v = step(theta, np.ones(1), v, lr, mu)
    assert theta - after == pytest.approx(lr / (1 - mu))


@examples(50)
@given(mu=KEPT, lr=st.floats(1e-3, 1.9), curvature=st.floats(0.01, 1))
def test_the_noise_of_the_parameters_solves_its_own_recurrence(program, mu, lr, curvature):
    """The covariance of (theta, v) must be what one more step makes of it."""
    noise = program("optimizers/momentum_variance")["parameter_noise"](lr, mu, curvature)
    a = np.array([[1 - lr * curvature, -lr * mu], [curvature, mu]])
    b = np.array([[-lr], [1.0]])
    covariance = np.linalg.solve(np.eye(4) - np.kron(a, a), (b @ b.T).ravel()).reshape(2, 2)
    assert noise == pytest.approx(np.sqrt(covariance[0, 0]), rel=1e-6)


@examples(50)
@given(mu=KEPT)
def test_the_noise_of_the_velocity_is_a_geometric_sum(program, mu):
    total, average = program("optimizers/momentum_variance")["velocity_noise"](mu)
    weights = mu ** np.arange(30_000)
    assert total**2 == pytest.approx((weights**2).sum())
    assert average**2 == pytest.approx(((1 - mu) ** 2 * weights**2).sum())


@pytest.mark.parametrize("kappa", [3, 47, 500])
def test_no_setting_nearby_beats_the_best_one(program, kappa):
    """The slowest mode shrinks by the largest eigenvalue of a step."""
    best = program("optimizers/ravine")["best_settings"](kappa)

    def slowest(lr, mu):
        steps = [np.array([[1 - lr * h, -lr * mu], [h, mu]]) for h in (1, kappa)]
        return max(abs(np.linalg.eigvals(step)).max() for step in steps)

    root = kappa**0.5
    assert slowest(*best["plain"]) == pytest.approx((kappa - 1) / (kappa + 1))
    # where two eigenvalues meet, rounding moves them by its square root
    assert slowest(*best["momentum"]) == pytest.approx((root - 1) / (root + 1), abs=1e-6)
    for name, (lr, mu) in best.items():
        for factor in (0.9, 1.1):
            assert slowest(lr * factor, mu) > slowest(lr, mu) + 1e-6, name


def test_a_path_is_that_of_torch(program):
    curvature = np.array([2.0, 5.0, 9.0])
    points = program("optimizers/ravine")["path"]((1, -2, 3), curvature, 0.05, 0.8, 20)
    weight = torch.tensor([1.0, -2.0, 3.0], dtype=torch.float64, requires_grad=True)
    sgd = torch.optim.SGD([weight], 0.05, 0.8)
    for _ in range(20):
        weight.grad = torch.tensor(curvature) * weight.detach()
        sgd.step()
    assert points.shape == (21, 3)
    assert np.allclose(points[-1], weight.detach())


@examples(50)
@given(lr=st.floats(1e-3, 0.2), mu=st.floats(0.05, 0.95), x=st.floats(-2, 2))
def test_torch_stores_the_look_ahead_point_of_any_function(program, lr, mu, x):
    names = program("optimizers/nesterov")
    phi, ahead_v = np.array([x]), np.zeros(1)
    theta, v = phi, None
    for _ in range(12):
        phi, ahead_v = names["look_ahead_step"](phi, np.sin, ahead_v, lr, mu)
        theta, v = names["nesterov_step"](theta, np.sin(theta), v, lr, mu)
        assert np.allclose(theta, phi - lr * mu * ahead_v)


@pytest.mark.parametrize("name", ["AdaGrad", "RMSProp", "Adam"])
def test_the_table_of_steps_is_what_torch_steps(program, name):
    sizes = program("optimizers/adagrad_stalls")["steps_of"](name, 40)
    weight = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    weight.grad = torch.ones_like(weight)
    make = {"AdaGrad": "Adagrad", "RMSProp": "RMSprop"}.get(name, name)
    optimizer, places = getattr(torch.optim, make)([weight], lr=1.0), [0.0]
    for _ in range(40):
        optimizer.step()
        places.append(weight.item())
    assert np.allclose(-np.diff(places), sizes, atol=1e-6)


@examples(50)
@given(beta_1=KEPT, beta_2=KEPT)
def test_the_correction_makes_every_step_one_rate(program, beta_1, beta_2):
    adam, table = program("optimizers/adam"), program("optimizers/bias_correction")
    theta, state, places = np.zeros(1), (0, 0, 0), [0.0]
    raw = []
    for _ in range(20):
        theta, state = adam["adam_step"](theta, np.ones(1), state, 1.0, (beta_1, beta_2), eps=0)
        places.append(theta[0])
        raw.append(state[0][0] / state[1][0] ** 0.5)
    assert np.allclose(-np.diff(places), table["steps"](20, beta_1, beta_2, True))
    assert np.allclose(raw, table["steps"](20, beta_1, beta_2, False))


def test_turning_the_space_turns_the_path_of_momentum_only(program):
    names = program("optimizers/rotation")
    rng = np.random.default_rng(3)
    hessian = np.diag([1.0, 30.0, 900.0])
    starts = rng.standard_normal((9, 3)) / np.sqrt(np.diag(hessian))
    q = names["turn"](3, rng)
    assert np.allclose(q @ q.T, np.eye(3))
    needed = {}
    for rule, rates in (("momentum", np.array([1e-3])), ("Adam", np.array([0.03]))):
        along = names["steps_needed"](hessian, starts, rule, rates)
        turned = names["steps_needed"](q @ hessian @ q.T, starts @ q.T, rule, rates)
        needed[rule] = along, turned
    assert needed["momentum"][0] == needed["momentum"][1]
    assert needed["Adam"][0] < needed["Adam"][1]


@examples(50)
@given(seed=SEED, diagonal=st.lists(st.floats(0.1, 100), min_size=3, max_size=3))
def test_newton_lands_in_the_minimum_of_any_bowl(program, seed, diagonal):
    step = program("optimizers/second_order")["newton_step"]
    draw = torch.Generator().manual_seed(seed)
    q = torch.linalg.qr(torch.randn(3, 3, generator=draw, dtype=torch.float64))[0]
    hessian = q @ torch.diag(torch.tensor(diagonal, dtype=torch.float64)) @ q.T
    target = torch.randn(3, generator=draw, dtype=torch.float64)
    landed = step(target + 5, lambda x: (x - target) @ hessian @ (x - target) / 2)
    assert torch.allclose(landed, target, atol=1e-8)


@pytest.mark.parametrize("shape", [(3, 7), (7, 3), (5, 5)])
def test_muon_keeps_singular_vectors_and_evens_the_values(program, shape):
    torch.manual_seed(1)
    matrix = torch.randn(shape, dtype=torch.float64)
    u, _, vh = torch.linalg.svd(matrix, full_matrices=False)
    update = program("optimizers/muon")["orthogonalize"](matrix)
    inner = u.T @ update @ vh.T
    values = torch.diag(inner)
    assert torch.allclose(inner, torch.diag(values), atol=1e-8)
    assert values.min() > 0.6
    assert values.max() < 1.25


@pytest.mark.parametrize("shape", [(2, 6), (6, 2)])
def test_muon_is_torchs_but_for_bfloat16(program, shape):
    torch.manual_seed(2)
    theta, v = torch.randn(shape, dtype=torch.float64), torch.zeros(shape, dtype=torch.float64)
    weight = theta.clone().requires_grad_()
    muon = torch.optim.Muon([weight], lr=0.3, momentum=0.7, weight_decay=0.4)
    for _ in range(5):
        weight.grad = torch.randn(shape, dtype=torch.float64)
        theta, v = program("optimizers/muon")["muon_step"](theta, weight.grad, v, 0.3, 0.7, 0.4)
        muon.step()
    assert (theta - weight).abs().max() < 0.05


def test_adafactor_keeps_a_row_and_a_column(program):
    kept = program("optimizers/defaults")["state_per_weight"]
    assert kept(torch.optim.Adam, amsgrad=True) == pytest.approx(3, abs=1e-4)
    assert kept(torch.optim.Adafactor) == pytest.approx(1500 / 500_000, abs=1e-5)


ONE, TWO = np.ones(1), np.ones(2)
SIDEWAYS = np.ones((2, 1))


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("momentum/momentum_step", (TWO, SIDEWAYS, None, 0.1, 0.9), "(2, 1)"),
        ("momentum/momentum_step", (ONE, ONE, None, 0.1, 1.0), "1.0"),
        ("nesterov/nesterov_step", (TWO, SIDEWAYS, None, 0.1, 0.9), "(2, 1)"),
        ("nesterov/nesterov_step", (ONE, ONE, None, 0.1, 0), "mu 0"),
        ("adagrad/adagrad_step", (TWO, TWO, SIDEWAYS, 0.1), "(2, 1)"),
        ("rmsprop/rmsprop_step", (TWO, ONE, TWO, 0.1), "(1,)"),
        ("rmsprop/rmsprop_step", (ONE, ONE, ONE, 0.1, 1.5), "1.5"),
        ("adam/adam_step", (TWO, SIDEWAYS, (0, 0, 0), 0.1), "(2, 1)"),
        ("adam/adam_step", (ONE, ONE, (0, 0, 0), 0.1, (0.9, 1)), "(0.9, 1)"),
        ("adamw/adamw_step", (TWO, SIDEWAYS, (0, 0, 0), 0.1), "(2, 1)"),
        ("adamw/adamw_step", (ONE, ONE, (0, 0, 0), 0.1, (0.9, 0.9), 0, -0.5), "-0.5"),
        ("bias_correction/steps", (5, 0.9, 1.0, True), "1.0"),
        ("momentum_variance/parameter_noise", (4.0, 0.9), "4.0"),
        ("adagrad_stalls/steps_of", ("Lion", 5), "Lion"),
        ("muon/orthogonalize", (torch.ones(2, 3, 4),), "(2, 3, 4)"),
    ],
)
def test_impossible_inputs_are_refused_by_name(program, name, arguments, said):
    file, function = name.split("/")
    with pytest.raises(ValueError) as caught:
        program(f"optimizers/{file}")[function](*arguments)
    assert said in str(caught.value)


def test_newton_refuses_a_saddle(program):
    point = torch.tensor([0.1, 0.2], dtype=torch.float64)
    with pytest.raises(ValueError, match="-2"):
        program("optimizers/second_order")["newton_step"](point, lambda x: x[0] ** 2 - x[1] ** 2)
