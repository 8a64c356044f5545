"""When training goes wrong: each symptom is there without the cure, and gone with it."""

import itertools
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import nn

pytestmark = pytest.mark.usefixtures("one_thread")
SEEDS = pytest.mark.parametrize("seed", [3, 11])


@pytest.fixture(scope="module")
def program(program):
    """Return the function of all tests, which leaves torch in float64."""

    def load(name):
        found = program(f"workflow/{name}")
        torch.set_default_dtype(torch.float64)
        return found

    torch.set_default_dtype(torch.float64)
    yield load
    torch.set_default_dtype(torch.float32)


@SEEDS
def test_the_loss_never_changes_if_the_optimizer_is_older_than_the_network(program, seed):
    train = program("loss_never_changes")["train"]
    assert len(set(train(False, seed))) == 1
    first, _, last = train(True, seed)
    assert last < first / 2


@SEEDS
def test_the_loss_is_stuck_at_ln_k_if_inputs_and_labels_are_shuffled_apart(program, seed):
    names = program("stuck_at_ln_k")
    means, accuracy = names["train"](False, seed)
    assert means[-1] == pytest.approx(math.log(10), abs=0.1)
    assert accuracy < 0.2
    means, accuracy = names["train"](True, seed)
    assert means[-1] < 0.5
    assert accuracy > 0.9
    x, y = torch.arange(50)[:, None], torch.arange(50)
    rows, labels = names["shuffle"](x, y, cured=True)
    assert torch.equal(rows[:, 0], labels)
    assert not torch.equal(labels, y)
    assert torch.equal(labels.sort().values, y)


@SEEDS
def test_the_first_loss_is_the_logarithm_of_the_batch_if_softmax_goes_over_it(program, seed):
    run = program("softmax_over_the_batch")["run"]
    for size in (20, 160):
        first, many, one = run(0, size, seed)
        assert first == pytest.approx(math.log(size), abs=0.4)
        assert many > 0.8
        assert one < 0.2  # a single example has a share of 1 in each class
        first, many, one = run(1, size, seed)
        assert first == pytest.approx(math.log(10), abs=0.4)
        assert many == one > 0.9


@SEEDS
def test_the_loss_is_nan_after_n_steps_if_the_rate_is_above_the_limit(program, seed):
    names = program("nan_after_n_steps")
    wild = names["train"](0.3, seed)
    assert wild[2] > 10 * wild[0]
    assert math.isnan(wild[-1])
    grown = int(names["first"](wild, math.isinf))
    assert 0 < grown < int(names["first"](wild, math.isnan))
    calm = names["train"](0.02, seed)
    assert calm[-1] < 0.1
    assert names["first"](calm, math.isnan) == "-"


@pytest.mark.parametrize("value", [torch.nan, torch.inf, -torch.inf])
def test_one_bad_value_ends_training_until_its_row_is_left_out(program, value):
    names = program("nan_in_the_data")
    torch.manual_seed(5)
    x, y = torch.randn(200, 4), torch.arange(200) % 10
    x[70, 2] = value
    assert names["bad_rows"](x).tolist() == [70]
    assert names["bad_rows"](x[:, None, :].expand(-1, 3, -1)).tolist() == [70]
    assert names["bad_rows"](x[:70]).tolist() == []
    losses, share = names["train"](x, y, cured=False)
    assert math.isfinite(losses[0])
    assert not any(map(math.isfinite, losses[1:]))
    assert share > 0
    losses, share = names["train"](x, y, cured=True)
    assert all(map(math.isfinite, losses))
    assert share == 0


@SEEDS
def test_the_loss_is_negative_only_for_what_is_no_cross_entropy(program, seed):
    names = program("loss_below_zero")
    train, bce, y = names["train"], names["bce"], names["y"]
    assert train(lambda z: F.nll_loss(z, y), 10, seed)[-1] < -1
    assert train(lambda z: F.nll_loss(z.softmax(dim=1), y), 10, seed)[-1] < 0
    cured = train(lambda z: F.nll_loss(z.log_softmax(dim=1), y), 10, seed)
    assert 0 < cured[-1] < cured[0]
    assert train(lambda z: bce(z, names["signs"]), 1, seed)[-1] < 0
    assert 0 < train(lambda z: bce(z, names["even"]), 1, seed)[-1] < math.log(2)


@SEEDS
def test_the_loss_jumps_back_if_the_data_are_sorted_by_class(program, seed):
    train = program("sorted_by_class")["train"]
    sorted_, poor = train(False, seed)
    shuffled, good = train(True, seed)
    assert max(sorted_[-20:]) > 1.5 * max(shuffled[-20:])
    assert min(sorted_[-20:]) < min(shuffled[-20:])
    assert poor < good - 0.1


@SEEDS
def test_raw_pixels_saturate_the_first_layer_and_standardized_ones_do_not(program, seed):
    names = program("saturated_first_layer")
    torch.manual_seed(seed)
    y = torch.arange(200) % 10
    x = (100 + 40 * (torch.randn(10, 20)[y] + torch.randn(200, 20))).clamp(0, 255)
    flat, size, poor = names["train"](x, y, seed)
    standard = names["standardize"](x)
    assert standard.mean().item() == pytest.approx(0, abs=1e-12)
    assert standard.std().item() == pytest.approx(1)
    flat_too, size_too, good = names["train"](standard, y, seed)
    assert flat > 0.7 > 0.1 > flat_too
    assert size < size_too / 5
    assert poor < good - 0.1


@SEEDS
def test_frozen_weights_move_with_momentum_adam_or_decay_until_they_have_no_gradient(program, seed):
    moved = program("frozen_weights_move")["moved"]
    assert moved("SGD", cured=False, seed=seed) == 0
    for name, options in (
        ("SGD", {"momentum": 0.5}),
        ("SGD", {"weight_decay": 0.3}),
        ("Adam", {}),
        ("RMSprop", {"momentum": 0.9}),
        ("AdamW", {"weight_decay": 0.3}),
    ):
        assert moved(name, cured=False, seed=seed, **options) > 0.01
        assert moved(name, cured=True, seed=seed, **options) == 0
    shrink = 1 - (1 - 0.05 * 0.3) ** 5  # decay alone
    assert moved("SGD", cured=False, seed=seed, weight_decay=0.3) == pytest.approx(shrink)


@SEEDS
def test_eval_mode_is_worse_only_while_running_averages_lag(program, seed):
    accuracies = program("worse_in_eval")["accuracies"]
    train, evaluation = accuracies(0.001, seed)
    assert evaluation < train - 0.1
    train, evaluation = accuracies(0.2, seed)
    assert abs(evaluation - train) < 0.05


@SEEDS
def test_validation_is_at_chance_with_two_lists_of_classes(program, seed):
    names = program("validation_at_chance")
    assert names["ids"](["b", "a", "b"], ["a", "b"]).tolist() == [1, 0, 1]
    for cured, bounds in ((False, (0.0, 0.3)), (True, (0.85, 1.0))):
        train, validation = names["accuracies"](cured, seed)
        assert train > 0.9
        assert bounds[0] <= validation <= bounds[1]


@SEEDS
def test_the_best_weights_are_better_than_those_that_learned_wrong_labels(program, seed):
    names = program("validation_loss_rises")
    rows, (best, step, weights), net = names["train"](seed)
    training, validation = ([row[k] for row in rows] for k in (1, 2))
    assert training[-1] < 0.2 < validation[-1]
    assert best == min(validation) < validation[-1] - 0.1
    assert rows[[row[0] for row in rows].index(step)][2] == best
    last = names["judge"](net)
    net.load_state_dict(weights)
    assert names["judge"](net)[0] < last[0] - 0.1


@SEEDS
def test_predictions_collapse_to_the_mean_if_a_column_meets_a_row(program, seed):
    train = program("predicts_the_mean")["train"]
    loss, mean, spread, target, target_spread = train(False, seed)
    assert mean == pytest.approx(target, abs=0.01)
    assert spread < 0.01 * target_spread
    assert loss == pytest.approx(target_spread**2, rel=0.02)
    loss, _, spread, _, target_spread = train(True, seed)
    assert loss < 0.01
    assert spread == pytest.approx(target_spread, rel=0.01)


@SEEDS
def test_outputs_die_at_zero_behind_a_last_relu(program, seed):
    train = program("output_stuck_at_zero")["train"]
    loss, zeros, least = train(nn.ReLU(), seed)
    assert zeros > 0.8
    assert least == 0
    cured, zeros, least = train(nn.Identity(), seed)
    assert cured < loss / 10
    assert zeros == 0
    assert least < -3


def test_validation_keeps_memory_only_while_it_records(program):
    validate = program("memory_in_validation")["validate"]
    net = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 3)).double()
    for count in (1, 5):
        batches = [torch.randn(64, 16) for _ in range(count)]
        outputs, size = validate(net, batches, torch.enable_grad)
        assert size * 2**20 == count * 64 * (16 + 32) * 8  # inputs and hidden units
        for context in (torch.no_grad, torch.inference_mode):
            same, none = validate(net, batches, context)
            assert none == 0
            assert all(map(torch.equal, outputs, same))


def test_each_error_is_raised_and_cured(program):
    torch.set_default_dtype(torch.float32)  # as a program starts
    names = program("error_messages")
    for _, wrong, right in names["CASES"]:
        assert names["message"](wrong)
        assert not names["message"](right)
    assert names["message"](lambda: [][0]) == "IndexError: list index out of range"


def test_a_gain_has_the_standard_error_of_its_differences(program):
    mean_and_error = program("look_train_evaluate")["mean_and_error"]
    rng = np.random.default_rng(0)
    for n in (2, 5, 90):
        new, old = (rng.random(n) < share for share in (0.7, 0.6))
        d = new.astype(float) - old
        gain, error = mean_and_error(torch.tensor(d))
        assert gain == pytest.approx(d.mean())
        assert error == pytest.approx(np.sqrt(((d - d.mean()) ** 2).sum() / n / (n - 1)))
    share, error = mean_and_error(torch.tensor(new.astype(float)))  # of a single model
    assert error == pytest.approx(np.sqrt(share * (1 - share) / n), rel=0.02)


@pytest.mark.parametrize("shape", [(1,), (0,), (4, 1)])
def test_a_standard_error_of_other_shapes_is_refused_by_name(program, shape):
    with pytest.raises(ValueError) as caught:
        program("look_train_evaluate")["mean_and_error"](torch.ones(shape))
    assert str(shape) in str(caught.value)


def test_the_best_of_many_guesses_is_as_lucky_as_the_best_of_coins(program):
    chosen = program("best_of_many")["chosen"]
    rng = np.random.default_rng(1)
    validation, test = rng.random((2, 120, 400)) < 0.5
    rows = [chosen(validation, test, 100, 40, rng) for _ in range(60)]
    seen, true = np.mean(rows, axis=0)
    assert 0.65 < seen < 0.75  # about 0.5 + 2.5 deviations of 0.08
    assert true == pytest.approx(0.5, abs=0.02)
    one = [chosen(validation, test, 1, 40, rng) for _ in range(200)]
    assert np.mean(one, axis=0) == pytest.approx([0.5, 0.5], abs=0.03)
    good = np.zeros((3, 50), dtype=bool)
    good[1] = True
    assert chosen(good, good, 3, 10, rng) == (1, 1)


@pytest.mark.parametrize(("tried", "count"), [(4, 5), (3, 51)])
def test_more_models_or_examples_than_there_are_is_refused(program, tried, count):
    zeros = np.zeros((3, 50), dtype=bool)
    with pytest.raises(ValueError, match=rf"{tried} models, {count} examples in \(3, 50\)"):
        program("best_of_many")["chosen"](zeros, zeros, tried, count, np.random.default_rng(0))


def test_chance_in_the_exercise_is_that_of_all_sequences_of_coins(program):
    chance = program("exercise_coin_test_solution")["chance"]
    for coins in range(9):
        heads = [sum(way) for way in itertools.product((0, 1), repeat=coins)]
        for a in range(coins + 1):
            as_far = [abs(h - coins / 2) >= abs(a - coins / 2) for h in heads]
            assert chance(a, coins - a) == pytest.approx(sum(as_far) / len(heads))


def test_the_first_bad_layer_is_found_in_the_order_of_running(program):
    find = program("exercise_first_bad_layer_solution")["first_bad_layer"]
    net = nn.Sequential(nn.Linear(3, 3), nn.Sequential(nn.ReLU(), nn.Linear(3, 2)))
    assert find(net, torch.ones(2, 3)) is None
    net[1][1].bias.data[1] = torch.inf
    assert find(net, torch.ones(2, 3)) == "1.1"
    net[0].weight.data[2, 0] = torch.nan
    assert find(net, torch.ones(2, 3)) == "0"
