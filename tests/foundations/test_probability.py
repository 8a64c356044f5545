"""Probability: likelihoods, divergences and variances against torch, on other numbers."""

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from torch.distributions import Binomial, Categorical, Laplace, Normal

SEED = st.integers(0, 10**6)


@pytest.fixture(autouse=True)
def _one_thread(one_thread):
    pass


def shares(rng, *shape):
    """Return random distributions along the last axis."""
    p = rng.gamma(1.0, size=shape) + 1e-3
    return p / p.sum(axis=-1, keepdims=True)


@given(n=st.integers(0, 80), seed=SEED)
def test_the_binomial_formula_is_that_of_torch(program, n, seed):
    binomial = program("probability/likelihood_curve")["binomial"]
    rng = np.random.default_rng(seed)
    thetas, k = rng.random(5), int(rng.integers(0, n + 1))
    theirs = Binomial(n, torch.tensor(thetas)).log_prob(torch.tensor(k).double()).exp()
    np.testing.assert_allclose(binomial(k, n, thetas), theirs, rtol=1e-9, atol=1e-300)


@given(n=st.integers(0, 40), theta=st.sampled_from([0.0, 0.013, 0.5, 0.9, 1.0]))
def test_probabilities_sum_to_one_and_likelihoods_do_not(program, n, theta):
    binomial = program("probability/likelihood_curve")["binomial"]
    assert sum(binomial(k, n, theta) for k in range(n + 1)) == pytest.approx(1)
    grid = (np.arange(4000) + 0.5) / 4000
    for k in {0, n // 2, n}:
        assert binomial(k, n, grid).mean() == pytest.approx(1 / (n + 1), rel=1e-3)


@given(n=st.integers(2, 30), mean=st.sampled_from([0.0, 1e4, -3.0]), seed=SEED)
def test_no_other_normal_distribution_is_more_likely(program, n, mean, seed):
    names = program("probability/maximum_likelihood")
    x = np.random.default_rng(seed).normal(size=n) + mean
    mean, std = names["most_likely"](x)
    at = torch.tensor([mean, std], dtype=torch.float64, requires_grad=True)
    theirs = Normal(at[0], at[1]).log_prob(torch.tensor(x)).sum()
    assert names["log_likelihood"](x, mean, std) == pytest.approx(theirs.item(), rel=1e-9)
    (slope,) = torch.autograd.grad(theirs, at)
    assert (slope * std / n).abs().max() < 1e-6  # per value and per standard deviation
    wide = torch.tensor([mean + 0.3 * std, 1.2 * std], dtype=torch.float64)
    other = Normal(*wide).log_prob(torch.tensor(x)).sum().item()
    assert names["log_likelihood"](x, *wide.tolist()) == pytest.approx(other, rel=1e-9)


@given(c=st.integers(1, 9), seed=SEED)
def test_entropies_and_divergences_are_those_of_torch(program, c, seed):
    names = program("probability/maximum_likelihood_is_cross_entropy")
    q, p = shares(np.random.default_rng(seed), 2, c)
    tq, tp = torch.tensor(q), torch.tensor(p)
    assert names["cross_entropy"](q, q) == pytest.approx(Categorical(tq).entropy().item())
    theirs = F.cross_entropy(tp.log()[None], tq[None]).item()
    assert names["cross_entropy"](q, p) == pytest.approx(theirs)
    theirs = torch.distributions.kl_divergence(Categorical(tq), Categorical(tp)).item()
    assert names["kl_divergence"](q, p) == pytest.approx(theirs, abs=1e-9)
    other = program("probability/kl_divergence")["kl"](tq, tp).item()
    assert other == pytest.approx(theirs, abs=1e-9)


@given(c=st.integers(2, 6), seed=SEED)
def test_the_shares_of_the_labels_are_the_best_constant_prediction(program, c, seed):
    names = program("probability/maximum_likelihood_is_cross_entropy")
    q, p = shares(np.random.default_rng(seed), 2, c)
    assert names["kl_divergence"](q, q) == pytest.approx(0, abs=1e-12)
    assert names["kl_divergence"](q, p) >= 0
    closer = 0.5 * q + 0.5 * p  # the divergence is convex, and 0 at q
    assert names["kl_divergence"](q, closer) <= 0.5 * names["kl_divergence"](q, p) + 1e-12


def test_a_class_that_never_comes_costs_nothing_and_one_ruled_out_everything(program):
    cross_entropy = program("probability/maximum_likelihood_is_cross_entropy")["cross_entropy"]
    certain, even = np.array([1.0, 0.0]), np.array([0.5, 0.5])
    assert cross_entropy(certain, certain) == 0
    assert cross_entropy(certain, even) == pytest.approx(math.log(2))
    assert cross_entropy(even, certain) == math.inf


@given(seed=SEED, n=st.integers(1, 4), c=st.integers(1, 5))
def test_torch_computes_the_divergence_from_its_second_argument(program, seed, n, c):
    q, p = (torch.tensor(a) for a in shares(np.random.default_rng(seed), 2, n, c))
    ours = program("probability/kl_divergence")["kl"](q, p)
    assert ours.shape == (n,)
    torch.testing.assert_close(F.kl_div(p.log(), q, reduction="batchmean"), ours.mean())
    every = F.kl_div(p.log(), q, reduction="none").mean()
    torch.testing.assert_close(every, ours.mean() / c)


@pytest.mark.parametrize(("kind", "gap"), [("normal, std 1", 1.0), ("normal, std 3", 3.0)])
@given(seed=SEED)
def test_the_gap_of_a_normal_target_is_that_of_its_width(program, kind, gap, seed):
    generator = torch.Generator().manual_seed(seed)
    z = 5 * torch.randn(64, dtype=torch.float64, generator=generator)
    names = program("probability/noise_decides_the_loss")
    nll, loss = names["nll_and_loss"](kind, z, None)
    assert nll - loss == pytest.approx(math.log(gap * math.sqrt(2 * math.pi)))
    assert loss == pytest.approx((z - names["numbers"]).square().mean().item() / 2 / gap**2)


@given(seed=SEED)
def test_the_other_gaps_do_not_depend_on_the_prediction(program, seed):
    names = program("probability/noise_decides_the_loss")
    generator = torch.Generator().manual_seed(seed)
    z = torch.randn(64, dtype=torch.float64, generator=generator)
    scores = torch.randn(64, 5, dtype=torch.float64, generator=generator)
    constants = {
        "Laplace": math.log(2),
        "Poisson": torch.lgamma(names["counts"] + 1).mean().item(),
        "Bernoulli": 0.0,
        "categorical": 0.0,
    }
    for kind, constant in constants.items():
        nll, loss = names["nll_and_loss"](kind, z, scores)
        assert nll - loss == pytest.approx(constant, abs=1e-9)
    assert Laplace(0.0, 1.0).log_prob(torch.tensor(0.0)).item() == pytest.approx(-math.log(2))


@pytest.mark.parametrize(("noise", "prior"), [(1.0, 0.4), (0.7, 2.0), (2.0, 0.5)])
def test_the_most_probable_weights_are_those_of_ridge(program, noise, prior):
    names = program("probability/prior_is_a_penalty")
    rng = np.random.default_rng(3)
    x, y = rng.normal(size=(9, 2)), rng.normal(size=9)
    ours = names["ridge"](x, y, noise**2 / prior**2)
    tw = torch.tensor(ours, requires_grad=True)
    log_p = Normal(torch.tensor(x) @ tw, noise).log_prob(torch.tensor(y)).sum()
    log_p = log_p + Normal(0.0, prior).log_prob(tw).sum()
    assert torch.autograd.grad(log_p, tw)[0].abs().max() < 1e-5
    np.testing.assert_allclose(names["most_probable"](x, y, noise, prior), ours, atol=1e-4)


@given(seed=SEED, a=st.floats(-3, 3), b=st.floats(-3, 3))
def test_the_rules_of_the_table_hold_for_any_joint_distribution(program, seed, a, b):
    names = program("probability/expectation_and_variance")
    mean, variance, covariance = (names[n] for n in ("mean", "variance", "covariance"))
    rng = np.random.default_rng(seed)
    p = shares(rng, 15).reshape(3, 5)
    x, y = rng.normal(size=(3, 1)), rng.normal(size=(1, 5))
    np.testing.assert_allclose(mean(a * x + b * y + 7, p), a * mean(x, p) + b * mean(y, p) + 7)
    sum_of = a**2 * variance(x, p) + b**2 * variance(y, p) + 2 * a * b * covariance(x, y, p)
    np.testing.assert_allclose(variance(a * x + b * y + 7, p), sum_of, atol=1e-12)
    np.testing.assert_allclose(covariance(x, x, p), variance(x, p))
    assert covariance(x, y, p.sum(1)[:, None] * p.sum(0)) == pytest.approx(0, abs=1e-12)
    drawn = np.broadcast_to(x, p.shape).ravel(), np.broadcast_to(y, p.shape).ravel()
    theirs = np.cov(*drawn, aweights=p.ravel(), ddof=0)
    np.testing.assert_allclose(theirs[0, 1], covariance(x, y, p), atol=1e-12)


@given(n=st.integers(1, 20), seed=SEED, mean=st.sampled_from([0.0, 3.0, 1e4]))
def test_distances_give_the_variance_where_squares_need_a_small_mean(program, n, seed, mean):
    names = program("probability/variance_of_large_numbers")
    x = np.random.default_rng(seed).normal(size=n) + mean
    theirs = torch.tensor(x).var(correction=0).item()
    assert names["by_distances"](x) == pytest.approx(theirs, rel=1e-9, abs=1e-15)
    assert names["by_squares"](x) == pytest.approx(theirs, abs=1e-15 * (1 + mean**2) * 30)


def test_each_direction_of_the_divergence_fits_a_single_bump_alike(program):
    names = program("probability/two_directions")
    q, p = names["normal"](0.3, 0.9), names["normal"](-0.5, 1.1)
    for first, second, ours in (
        (Normal(0.3, 0.9), Normal(-0.5, 1.1), names["kl"](q, p)),
        (Normal(-0.5, 1.1), Normal(0.3, 0.9), names["kl"](p, q)),
    ):
        theirs = torch.distributions.kl_divergence(first, second).item()
        assert ours == pytest.approx(theirs, rel=1e-5)
    assert q.sum() * names["STEP"] == pytest.approx(1)


HALF, X = np.array([0.5, 0.5]), np.array([2.0, 2.0])
BAD = {
    "more heads than tosses": ("likelihood_curve/binomial", (5, 4, 0.5), "k = 5, n = 4"),
    "fewer than none": ("likelihood_curve/binomial", (-1, 4, 0.5), "k = -1"),
    "a theta above 1": ("likelihood_curve/binomial", (1, 4, 1.5), "1.5"),
    "one theta below 0": ("likelihood_curve/binomial", (1, 4, np.array([0.5, -0.1])), "-0.1"),
    "no theta": ("likelihood_curve/binomial", (1, 4, math.nan), "nan"),
    "no width": ("maximum_likelihood/log_likelihood", (X, 2.0, 0.0), "0.0"),
    "a negative width": ("maximum_likelihood/log_likelihood", (X, 2.0, -1.0), "-1.0"),
    "equal values": ("maximum_likelihood/most_likely", (X,), "[2. 2.]"),
    "a table of values": ("maximum_likelihood/most_likely", (np.eye(2),), "[1. 0.]"),
    "other classes": (
        "maximum_likelihood_is_cross_entropy/cross_entropy",
        (HALF, np.ones(3) / 3),
        "0.333",
    ),
    "a sum of 2": (
        "maximum_likelihood_is_cross_entropy/cross_entropy",
        (HALF, 2 * HALF),
        "[1. 1.]",
    ),
    "a negative probability": (
        "maximum_likelihood_is_cross_entropy/cross_entropy",
        (HALF, np.array([1.5, -0.5])),
        "-0.5",
    ),
    "shapes that broadcast": ("kl_divergence/kl", (torch.ones(2, 1), torch.ones(2)), "(2, 1)"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_inputs_are_refused_by_name(program, case):
    name, arguments, named = BAD[case]
    file, function = name.split("/")
    with pytest.raises(ValueError) as caught:
        program(f"probability/{file}")[function](*arguments)
    assert named in str(caught.value)
