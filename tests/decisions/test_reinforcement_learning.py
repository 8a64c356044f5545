"""Reinforcement learning: values, policies and gradients, on other processes than the page."""

from itertools import product

import numpy as np
import pytest
import torch

pytestmark = pytest.mark.usefixtures("one_thread")


def a_process(seed, states=4, actions=3):
    rng = np.random.default_rng(seed)
    P = rng.dirichlet(np.ones(states), size=(states, actions))
    return P, rng.normal(size=(states, actions)), rng.dirichlet(np.ones(actions), size=states)


@pytest.mark.parametrize(("states", "actions"), [(1, 1), (1, 3), (5, 1), (4, 3)])
@pytest.mark.parametrize("gamma", [0, 0.5, 0.97])
def test_a_value_is_the_discounted_sum_of_expected_rewards(program, states, actions, gamma):
    P, R, policy = a_process(0, states, actions)
    value = program("reinforcement_learning/mdp")["policy_value"](P, R, policy, gamma)
    expected = np.zeros(states)
    for start in range(states):
        place = np.eye(states)[start]  # where the agent is, as probabilities
        for t in range(900):
            both = place[:, None] * policy  # of state and action
            expected[start] += gamma**t * (both * R).sum()
            place = sum(both[s, a] * P[s, a] for s in range(states) for a in range(actions))
    assert value == pytest.approx(expected)


def test_a_reward_added_everywhere_adds_its_endless_sum(program):
    policy_value = program("reinforcement_learning/mdp")["policy_value"]
    P, R, policy = a_process(1)
    more = policy_value(P, R + 1e4, policy, 0.9) - policy_value(P, R, policy, 0.9)
    assert more == pytest.approx(np.full(4, 1e5))


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"R": np.zeros((4, 1))}, "(4, 1)"),
        ({"R": np.zeros(3)}, "(3,)"),
        ({"policy": np.ones((1, 3)) / 3}, "(1, 3)"),
        ({"R": np.zeros((4, 1)), "policy": np.ones((4, 1))}, "(4, 1)"),
        ({"policy": np.ones((4, 3))}, "3."),
        ({"P": np.ones((4, 3, 4))}, "4."),
        ({"gamma": 1}, "gamma is 1"),
        ({"gamma": -0.1}, "gamma is -0.1"),
    ],
)
def test_what_is_no_decision_process_is_refused(program, change, named):
    P, R, policy = a_process(2)
    parts = {"P": P, "R": R, "policy": policy, "gamma": 0.9} | change
    with pytest.raises(ValueError) as caught:
        program("reinforcement_learning/mdp")["policy_value"](**parts)
    assert named in str(caught.value)


def test_choices_have_their_probabilities(program):
    choose = program("reinforcement_learning/mdp")["choose"]
    probabilities = np.array([0.2, 0.0, 0.7, 0.1])
    chosen = choose(np.tile(probabilities, (20000, 1)), np.random.default_rng(1))
    share = np.bincount(chosen, minlength=4) / 20000
    assert share == pytest.approx(probabilities, abs=0.015) and share[1] == 0


def test_runs_earn_what_their_value_says(program):
    names = program("reinforcement_learning/mdp")
    policy = np.array([[0.8, 0.2], [0.3, 0.7], [0.1, 0.9]])
    rewards = names["play"](policy, 4000, 60, np.random.default_rng(2))
    returns = rewards @ 0.8 ** np.arange(60)
    value = names["policy_value"](names["P"], names["R"], policy, 0.8)[0]
    assert abs(returns.mean() - value) < 4 * returns.std() / 4000**0.5


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("gamma", [0.3, 0.95])
def test_value_iteration_finds_the_best_of_all_policies(program, seed, gamma):
    P, R, _ = a_process(seed)
    policy_value = program("reinforcement_learning/mdp")["policy_value"]
    names = program("reinforcement_learning/value_iteration")
    V, actions, _ = names["value_iteration"](P, R, gamma, tolerance=1e-6)
    every = [policy_value(P, R, np.eye(3)[list(a)], gamma) for a in product(range(3), repeat=4)]
    best = np.max(every, axis=0)
    assert abs(V - best).max() <= 1e-6
    assert policy_value(P, R, np.eye(3)[actions], gamma) == pytest.approx(best)


def test_the_tolerance_is_kept_and_not_by_far(program):
    """With one state the error is known: each sweep multiplies it by gamma."""
    iterate = program("reinforcement_learning/value_iteration")["value_iteration"]
    for gamma in (0.2, 0.9):
        V, _, sweeps = iterate(np.ones((1, 1, 1)), np.ones((1, 1)), gamma, tolerance=1e-3)
        error = 1 / (1 - gamma) - V[0]
        assert 1e-3 * gamma < error <= 1e-3
        assert error == pytest.approx(gamma**sweeps / (1 - gamma))


@pytest.mark.parametrize("gamma", [0, 1, 1.5, -0.5])
def test_value_iteration_refuses_a_discount_at_which_it_would_not_end(program, gamma):
    with pytest.raises(ValueError, match=f"gamma is {gamma}"):
        program("reinforcement_learning/value_iteration")["value_iteration"](
            np.ones((1, 1, 1)), np.ones((1, 1)), gamma
        )


def test_the_exact_return_is_the_sum_over_its_steps(program):
    names = program("reinforcement_learning/policy_gradient")
    theta = torch.tensor([[0.3, -1.0], [2.0, 0.5], [-1.0, 1.0]], dtype=torch.float64)
    policy = theta.softmax(dim=1)
    place, expected = torch.tensor([1.0, 0, 0], dtype=torch.float64), 0.0
    for t in range(names["STEPS"]):
        both = place[:, None] * policy
        expected += names["GAMMA"] ** t * (both * names["R"]).sum().item()
        place = torch.einsum("sa,sat->t", both, names["P"])
    total, V = names["exact_return"](policy)
    assert total.item() == pytest.approx(expected)
    assert total == V[0]


def test_all_three_weights_estimate_the_exact_gradient(program):
    names = program("reinforcement_learning/policy_gradient")
    assert names["states"].shape == (names["RUNS"], names["STEPS"])
    for weight in names["weights"].values():
        push = weight * names["chosen"][:, :, 1]
        for state in range(3):
            samples = (push * (names["states"] == state)).sum(dim=1)
            error = samples.mean() - names["exact"][state, 1]
            assert abs(error) < 4 * samples.std() / names["RUNS"] ** 0.5
    theta = names["theta"]
    log = theta.log_softmax(dim=1)[names["states"], names["actions"]]  # by autograd, the same
    (gradient,) = torch.autograd.grad((names["later"] * log).sum(dim=1).mean(), theta)
    push = names["later"] * names["chosen"][:, :, 1]
    by_hand = [(push * (names["states"] == s)).sum(dim=1).mean().item() for s in range(3)]
    assert gradient[:, 1].tolist() == pytest.approx(by_hand)


def test_each_weight_is_less_noisy_than_the_one_before(program):
    names = program("reinforcement_learning/policy_gradient")
    fresh = names["chosen"][:, :, 1] * (names["states"] == 0)
    whole, later, less = ((w * fresh).sum(dim=1).std() for w in names["weights"].values())
    assert whole > 1.5 * later > 1.5 * 1.3 * less


def test_what_comes_later_is_a_sum_from_each_step_on(program):
    names = program("reinforcement_learning/policy_gradient")
    for run, step in ((0, 0), (5, 7), (9, 19)):
        rewards = names["rewards"][run].tolist()
        expected = sum(0.9**t * rewards[t] for t in range(step, 20))
        assert names["later"][run, step].item() == pytest.approx(expected)
        assert names["whole"][run, step].item() == pytest.approx(
            sum(0.9**t * rewards[t] for t in range(20))
        )


def test_the_best_coin_of_the_blind_is_worse_than_counting(program):
    names = program("reinforcement_learning/partly_seen")
    seeing = [names["value"](np.eye(2)[list(a)])[0] for a in product((0, 1), repeat=3)]
    assert names["counted"]() == pytest.approx(max(seeing))
    cycle = (3 + 0.9 * 2 - 0.81) / (1 - 0.9**3)  # run, run, repair, and so on
    assert names["counted"]() == pytest.approx(cycle)
    assert max(names["value"](names["blind"](q))[0] for q in np.linspace(0, 1, 500)) < 4


def test_a_player_who_follows_the_ball_catches_it_and_one_who_flees_does_not(program):
    names = program("reinforcement_learning/catch")
    balls = torch.arange(5)

    def network(seen):
        """Score moves: toward the ball, or away from it."""
        paddle = seen[:, -1].argmax(dim=1)
        ball = seen[:, :-1].sum(dim=1).argmax(dim=1)
        return 10.0 * torch.nn.functional.one_hot((ball - paddle).sign() + 1, 3).double()

    def the_best(scores):
        return scores.argmax(dim=1)

    rewards, log_probability = names["play"](network, balls, the_best)
    assert rewards.tolist() == [1] * 5
    one = torch.log_softmax(torch.tensor([10.0, 0, 0], dtype=torch.float64), dim=0)[0].item()
    assert log_probability.tolist() == pytest.approx([5 * one] * 5)  # five moves
    rewards, _ = names["play"](network, balls, lambda scores: torch.zeros(5, dtype=torch.long))
    assert rewards.tolist() == [1, 0, 0, 0, 0]  # always left
    seen = names["picture"](3, torch.tensor([4, 0]), torch.tensor([1, 2]))
    assert seen.nonzero().tolist() == [[0, 3, 4], [0, 5, 1], [1, 3, 0], [1, 5, 2]]


def test_q_learning_comes_close_only_where_it_explores(program):
    names = program("reinforcement_learning/q_learning")
    Q, visits = names["q_learning"](30000, 0.5, np.random.default_rng(3))
    assert abs(Q - names["Q_star"]).max() < 0.6
    assert visits.sum() == 30000
    Q, visits = names["q_learning"](500, 0.0, np.random.default_rng(3))
    assert not visits[:, 1].any() and not Q[:, 1].any()
    best = program("reinforcement_learning/value_iteration")["value_iteration"]
    assert names["Q_star"].max(axis=1) == pytest.approx(best(names["P"], names["R"], 0.9)[0])
