"""The training loop: what its programs state, on inputs that the page does not show."""

import itertools

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import nn


@given(count=st.integers(1, 300), size=st.integers(1, 70))
def test_only_a_range_and_drop_last_lose_examples(program, count, size):
    names = program("training_loop/batches")
    lost = count % size
    assert sum(names["by_range"](count, size)) == count - lost
    kept = [size] * (count // size) + [lost] * (lost > 0)
    assert names["by_split"](count, size) == kept


@given(count=st.integers(1, 60), size=st.integers(1, 20), drop_last=st.booleans())
def test_a_loader_keeps_the_last_batch_unless_told(program, count, size, drop_last):
    sizes = program("training_loop/batches")["by_loader"](count, size, drop_last)
    assert sum(sizes) == count - (count % size if drop_last else 0)


@given(
    cuts=st.lists(st.integers(1, 59), min_size=1, max_size=6, unique=True),
    by=st.sampled_from(["share", "parts"]),
)
def test_parts_add_up_by_their_share_and_by_their_number_only_if_equal(program, cuts, by):
    names = program("training_loop/gradient_accumulation")
    edges = [0, *sorted(cuts), 60]
    sizes = [end - start for start, end in itertools.pairwise(edges)]
    factor = {"share": lambda size, _: size / 60, "parts": lambda _, parts: 1 / parts}[by]
    off = (names["gradient"](sizes, factor) - names["whole"]).norm() / names["whole"].norm()
    equal = by == "share" or len(set(sizes)) == 1
    assert (off < 1e-10) == equal


@given(steps=st.integers(1, 30))
def test_a_kept_loss_keeps_as_many_graphs_as_steps(program, steps):
    names = program("training_loop/what_a_log_keeps")
    one = names["nodes"](names["log"](1, lambda total, loss: total + loss))
    many = names["nodes"](names["log"](steps, lambda total, loss: total + loss))
    weights = 4  # each of them has one node, however many graphs lead to it
    assert many - weights == steps * (one - weights)
    assert names["nodes"](names["log"](steps, lambda total, loss: total + loss.detach())) == 0


@given(seed=st.integers(0, 99), training=st.booleans(), recording=st.booleans())
def test_a_mode_decides_about_layers_and_a_context_about_the_graph(
    program, seed, training, recording
):
    run_twice = program("training_loop/eval_mode")["run_twice"]
    shown = run_twice(training, torch.set_grad_enabled(recording))
    torch.set_grad_enabled(True)
    assert shown == {
        "same twice": not training,
        "averages kept": not training,
        "graph built": recording,
    }


@pytest.mark.parametrize("name", ["sgd", "adam", "adamw"])
def test_each_optimizer_of_the_command_line_learns(program, name):
    names = program("training_loop/command_line")
    settings = names["parser"]().parse_args(["--optimizer", name, "--steps", "300"])
    assert names["train"](settings) < 0.01
    assert (
        type(names["OPTIMIZERS"][name]([nn.Parameter(torch.ones(1))], 0.1)).__name__.lower() == name
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--optimizer", "adm"], "invalid choice: 'adm'"),
        (["--optimizer", "__import__('os')"], "invalid choice"),
        (["--rate", "0"], "argument --rate: 0 is not a number above 0"),
        (["--rate", "-1"], "-1 is not a number above 0"),
        (["--rate", "nan"], "nan is not a number above 0"),
        (["--rate", "inf"], "inf is not a number above 0"),
        (["--rate", "fast"], "argument --rate: invalid"),
        (["--steps", "0"], "0 is not a number above 0"),
        (["--steps", "2.5"], "argument --steps: invalid"),
        (["--stepz", "3"], "unrecognized arguments"),
    ],
)
def test_a_bad_argument_is_named_before_anything_runs(program, capsys, arguments, words):
    with pytest.raises(SystemExit) as ended:
        program("training_loop/command_line")["parser"]().parse_args(arguments)
    assert ended.value.code == 2
    assert words in capsys.readouterr().err


def test_the_help_names_each_default(program):
    text = program("training_loop/command_line")["parser"]().format_help()
    for default in ("adamw", "0.1", "100"):
        assert f"(default: {default})" in text


@given(seed=st.integers(0, 50))
def test_the_epochs_mean_weights_batches_by_size(program, seed):
    rng = np.random.default_rng(seed)
    losses = rng.random(100)
    parts = np.split(losses, [64])
    by_size = sum(part.mean() * len(part) for part in parts) / 100
    assert by_size == pytest.approx(losses.mean())
    assume(abs(parts[0].mean() - parts[1].mean()) > 1e-3)
    assert np.mean([part.mean() for part in parts]) != pytest.approx(losses.mean(), abs=1e-5)
