"""Checkpointing: training processes killed at random moments, and the page's functions.

The processes run the page's own programs: the training of save_and_resume, the states of
random_numbers and the files of checkpoint. KILLS=200 in the environment kills more of them.
"""

import ast
import contextlib
import functools
import io
import multiprocessing
import os
import random
import resource
import shutil
import signal
import time
from copy import deepcopy
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import nn

from tests.examples import examples

PROGRAMS = Path(__file__).resolve().parents[2] / "snippets" / "checkpointing"
KILLS = int(os.environ.get("KILLS", "30"))
STEPS, EVERY = 29, 5  # saves after 5, 10, ... 25 steps; an epoch has 6, so each in mid-epoch
MOMENTS = ("in mid-write", "before the fsync", "before the rename", "after the rename", "pruning")
PATIENCE = 120  # seconds until a process counts as hung; no verdict depends on a shorter time


@functools.cache
def definitions(name, old="", new=""):
    """Return the functions and classes of a program, without running the rest of it.

    old, new: a text of the program that has to be there, and what takes its place.
    """
    source = (PROGRAMS / f"{name}.py").read_text("utf8")
    assert old in source
    kept = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    tree = ast.parse(source.replace(old, new) if old else source)
    tree.body = [node for node in tree.body if isinstance(node, kept)]
    names = {}
    exec(compile(tree, name, "exec"), names)
    return names


def bits(value):
    """Return all that a nested state holds as bytes, so that equal means bit for bit."""
    if isinstance(value, torch.Tensor):
        return value.detach().contiguous().numpy().tobytes()
    if isinstance(value, dict):
        return b"".join(str(key).encode() + bits(value[key]) for key in value)
    if isinstance(value, (list, tuple)):
        return b"".join(map(bits, value))
    return repr(value).encode()


# ---- what a training process does ----


def train(folder, pipe, pause=None, left_out=(), save_instead=("", "")):
    """Train from the newest checkpoint to the end, and report each event through a pipe.

    pause: (number of a save, moment in it, fraction of the file) at which to wait for the end.
    left_out: pieces that a resume does not restore. save_instead: another way to save.
    """
    loop, numbers = definitions("save_and_resume"), definitions("random_numbers")
    files = definitions("checkpoint", *save_instead)
    torch.set_default_dtype(torch.float64)
    for seed in (random.seed, np.random.seed, torch.manual_seed):
        seed(0)
    loop["rng"], loop["x"] = np.random.default_rng(0), torch.randn(96, 6)
    parts = dict(zip(("net", "optimizer", "schedule", "scaler"), loop["start"](), strict=True))
    ballast = torch.zeros(100_000)  # 0.8 MB: a save takes its time

    def state():
        kept = {name: part.state_dict() for name, part in parts.items()}
        return kept | {"random": numbers["random_state"](loop["rng"]), "ballast": ballast}

    def restore(state):
        for name in parts.keys() - set(left_out):
            parts[name].load_state_dict(state[name])
        now = numbers["random_state"](loop["rng"])
        kept = {name: now[name] for name in left_out if name in now}
        numbers["set_random_state"](state["random"] | kept, loop["rng"])

    step = files["latest"](folder, restore)[0]
    pipe.send(("resumed", step))
    if "place" in left_out:
        step -= step % 6  # the epoch starts again
    while step < STEPS:
        loop["train"](tuple(parts.values()), step, step + 1)
        step += 1
        pipe.send(("step", step))
        if step % EVERY == 0:
            pipe.send(("save", step))
            here = pause and pause[0] == step // EVERY
            with pausing(pipe, *pause[1:]) if here else contextlib.nullcontext():
                files["save"](state(), folder, step)
            pipe.send(("saved", step))
    pipe.send(("done", bits({name: value for name, value in state().items() if name != "ballast"})))
    wait_for_the_end()


def wait_for_the_end():
    while True:
        signal.pause()


@contextlib.contextmanager
def pausing(pipe, moment, fraction):
    """Make a save say that it has come to a moment, and wait there to be killed."""

    def pause(*_args, **_kwargs):
        pipe.send(("here", moment))
        wait_for_the_end()

    rename, write = Path.replace, torch.save

    def rename_and_pause(self, target):
        rename(self, target)
        pause()

    def write_a_part(state, path):
        write(state, path)
        part = int(fraction * path.stat().st_size)
        path.unlink()
        most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (part, most))
        with contextlib.suppress(RuntimeError):  # the kernel lets it write no more than a part
            write(state, path)
        pause()

    if moment == "in mid-write":
        torch.save = write_a_part
    elif moment == "before the fsync":
        os.fsync = pause
    elif moment == "before the rename":
        Path.replace = pause
    elif moment == "after the rename":
        Path.replace = rename_and_pause
    elif moment == "pruning":
        Path.unlink = pause
    yield
    raise AssertionError(f"a save has no moment {moment}")


# ---- what kills it ----


class Killer:
    """Starts training processes, each a fork of one that has imported torch and run nothing."""

    def __init__(self):
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(["numpy", "torch", "torch._dynamo", __name__])

    def run(self, folder, after=None, delay=0.0, **options):
        """Train in a process until it is killed; return its events.

        after: how many events to wait for; None: until it is done, or pauses in a save.
        delay: seconds from the last of them to the kill.
        """
        ours, theirs = self.context.Pipe(duplex=False)
        process = self.context.Process(target=train, args=(folder, theirs), kwargs=options)
        process.start()
        theirs.close()
        events = []
        while after is None or len(events) < after:
            assert ours.poll(PATIENCE), f"nothing for {PATIENCE} s after {events[-1:]}"
            events.append(ours.recv())
            if events[-1][0] in ("done", "here"):
                break
        time.sleep(delay)
        os.kill(process.pid, signal.SIGKILL)
        process.join(PATIENCE)
        with contextlib.suppress(EOFError, OSError):  # what it did before the kill came
            while ours.poll():
                events.append(ours.recv())
        ours.close()
        assert process.exitcode == -signal.SIGKILL
        return events


@pytest.fixture(scope="module")
def killer():
    before = os.environ.get("OMP_NUM_THREADS")
    os.environ["OMP_NUM_THREADS"] = "1"
    yield Killer()
    os.environ.pop("OMP_NUM_THREADS")
    if before is not None:
        os.environ["OMP_NUM_THREADS"] = before


@pytest.fixture(scope="module")
def uninterrupted(killer, tmp_path_factory):
    """The events of a run that nothing stops."""
    return killer.run(tmp_path_factory.mktemp("uninterrupted"))


def checked(folder):
    """Return the step of the newest checkpoint, 0 without; each has to be readable."""
    load = definitions("checkpoint")["load"]
    paths = sorted(folder.glob("step-*.pt"))
    for path in paths:
        assert load(path)["ballast"].shape == (100_000,), path
    return int(paths[-1].name[5:14]) if paths else 0


def kill_in_a_save(killer, folder, moment, draw):
    """Kill a new run at a moment inside a random save; return its events and its last step."""
    number = draw.randint(4 if moment == "pruning" else 1, STEPS // EVERY)
    events = killer.run(folder, pause=(number, moment, draw.random()))
    assert events[-1] == ("here", moment)
    named = moment in ("after the rename", "pruning")
    assert (folder / "unfinished.tmp").exists() != named
    return events, {EVERY * (number if named else number - 1)}


def kill_anywhere(killer, folder, newest, draw):
    """Kill a run at a random event or up to 10 ms later; return its events and last steps."""
    left = 2 + STEPS - newest + 2 * (STEPS // EVERY - newest // EVERY)
    events = killer.run(folder, after=draw.randint(1, left), delay=draw.uniform(0, 0.01))
    begun = max([newest] + [step for what, step in events if what == "save"])
    ended = max([newest] + [step for what, step in events if what == "saved"])
    return events, {ended, begun}


def test_every_killed_run_ends_as_the_uninterrupted_one(killer, uninterrupted, tmp_path):
    draw, kills, in_saves = random.Random(0), 0, 0
    for trial, plan in enumerate(cycle(["save", "anywhere", "save anywhere"])):
        folder, newest = tmp_path / str(trial), 0
        folder.mkdir()
        for place in plan.split():
            if place == "save":
                moment = MOMENTS[in_saves % len(MOMENTS)]
                events, possible = kill_in_a_save(killer, folder, moment, draw)
                in_saves += 1
            else:
                events, possible = kill_anywhere(killer, folder, newest, draw)
            assert events[0] == ("resumed", newest)
            newest = checked(folder)
            assert newest in possible
            kills += 1
        events = killer.run(folder)
        assert events[0] == ("resumed", newest)
        assert events[-1] == uninterrupted[-1]
        assert not (folder / "unfinished.tmp").exists()
        shutil.rmtree(folder)
        if kills >= KILLS:
            break
    assert in_saves >= KILLS // 3


def test_the_uninterrupted_run_saves_and_trains(uninterrupted):
    assert [step for what, step in uninterrupted if what == "saved"] == [5, 10, 15, 20, 25]
    assert [step for what, step in uninterrupted if what == "step"] == [*range(1, STEPS + 1)]


# What the test above would not forgive.


def test_a_save_into_the_final_name_leaves_an_unreadable_file(killer, tmp_path):
    over = ('Path(folder, "unfinished.tmp")', 'Path(folder, f"step-{step:09d}-.pt")')
    killer.run(tmp_path, pause=(2, "in mid-write", 0.5), save_instead=over)
    with pytest.raises(ValueError, match="step-000000010"):
        checked(tmp_path)


@pytest.mark.parametrize(
    "piece", ["net", "optimizer", "schedule", "scaler", "python", "generators", "torch", "place"]
)
def test_a_resume_without_a_piece_ends_elsewhere(killer, uninterrupted, tmp_path, piece):
    killer.run(tmp_path, pause=(3, "after the rename", 0))
    events = killer.run(tmp_path, left_out=[piece])
    assert events[0] == ("resumed", 15)
    assert events[-1] != uninterrupted[-1]


# ---- the functions of the page ----


@pytest.fixture(scope="session")
def kit(program):
    return program("checkpointing/checkpoint")


def saved(kit, folder, steps, **options):
    """Save a state at each of some steps; return the paths that are left, oldest first."""
    for step in steps:
        kit["save"]({"step": step, "w": torch.full((50,), float(step))}, folder, step, **options)
    return sorted(folder.glob("step-*.pt"))


def test_a_state_comes_back_as_it_was(kit, tmp_path):
    state = {
        "tensors": [torch.randn(3, 2), torch.ones(4).bfloat16(), torch.tensor(True)],
        "numbers": (1, -(2**200), 0.1, float("inf"), None, False, "text", b"bytes"),
        "nested": {"lr": 0.1, 3: {"betas": (0.9, 0.999)}},
    }
    kit["save"](state, tmp_path, 7)
    step, loaded = kit["latest"](tmp_path)
    assert step == 7
    assert loaded["numbers"] == state["numbers"]
    assert loaded["nested"] == state["nested"]
    for ours, theirs in zip(state["tensors"], loaded["tensors"], strict=True):
        assert ours.dtype == theirs.dtype
        assert ours.equal(theirs)


@given(count=st.integers(1, 6), keep=st.integers(1, 6), stride=st.sampled_from([1, 7, 10**6]))
@examples(25)
def test_the_last_ones_are_kept(kit, tmp_path_factory, count, keep, stride):
    steps = [stride * n for n in range(count)]
    paths = saved(kit, tmp_path_factory.mktemp("run"), steps, keep=keep)
    assert [int(path.name[5:14]) for path in paths] == steps[-keep:]


@pytest.fixture(scope="module")
def two_files(kit, tmp_path_factory):
    """A folder with two checkpoints, and the bytes of the newer one."""
    folder = tmp_path_factory.mktemp("run")
    newer = saved(kit, folder, [1, 2])[-1]
    return folder, newer, newer.read_bytes()


@given(where=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7), cut=st.booleans())
def test_any_damage_is_noticed(kit, two_files, where, bit, cut):
    folder, newer, good = two_files
    data = bytearray(good)
    place = int(where * len(data))
    data[place] ^= 1 << bit
    newer.write_bytes(data[:place] if cut else data)
    with pytest.raises(ValueError, match="step-000000002"):
        kit["load"](newer)
    assert kit["latest"](folder)[0] == 1


def test_a_file_that_is_none_of_ours_is_named_and_passed_over(kit, tmp_path, capsys):
    saved(kit, tmp_path, [1])
    for name, data in {
        "step-000000002-0123456789abcdef.pt": b"",
        "step-000000003-0123456789abcdef.pt": b"step 3, loss 0.1",
        "step-000000004.pt": b"version https://git-lfs.github.com/spec/v1",
    }.items():
        (tmp_path / name).write_bytes(data)
    torch.save({"step": 5}, tmp_path / "step-000000005.pt")
    capsys.readouterr()
    assert kit["latest"](tmp_path)[0] == 1
    told = capsys.readouterr().out.splitlines()
    assert [line[:22] for line in told] == [f"skipped step-00000000{n}" for n in (5, 4, 3, 2)]


def test_a_state_of_another_network_is_passed_over(kit, tmp_path, capsys):
    for step, width in ((1, 3), (2, 4)):
        kit["save"](nn.Linear(width, 2).state_dict(), tmp_path, step)
    net = nn.Linear(3, 2)
    step, state = kit["latest"](tmp_path, net.load_state_dict)
    assert step == 1
    assert net.weight.equal(state["weight"])
    assert "skipped step-000000002: Error(s) in loading" in capsys.readouterr().out


def test_no_file_is_a_new_run_and_no_good_file_is_an_error(kit, tmp_path):
    assert kit["latest"](tmp_path) == (0, None)
    for path in saved(kit, tmp_path, [1, 2]):
        path.write_bytes(b"")
    with pytest.raises(ValueError, match="none of the 2 checkpoints"):
        kit["latest"](tmp_path)


def test_a_damaged_newer_file_does_not_push_out_good_ones(kit, tmp_path):
    saved(kit, tmp_path, [1, 2, 3])[-1].write_bytes(b"")
    assert kit["latest"](tmp_path)[0] == 2
    one, two, _three = saved(kit, tmp_path, [2], keep=2)  # the run goes on from 1, say
    assert [kit["load"](path)["step"] for path in (one, two)] == [1, 2]
    saved(kit, tmp_path, [3], keep=1)
    assert kit["latest"](tmp_path)[0] == 3


def test_a_state_that_would_not_load_stops_the_run_and_costs_no_older_file(kit, tmp_path):
    saved(kit, tmp_path, [1], keep=1)
    with pytest.raises(Exception, match="Weights only"):
        kit["save"]({"loss": np.float64(0.1)}, tmp_path, 2, keep=1)
    assert kit["latest"](tmp_path)[0] == 1


def test_a_save_that_fails_costs_no_older_file(kit, tmp_path, monkeypatch):
    def full(_state, path):
        Path(path).write_bytes(b"half")
        raise OSError("No space left on device")

    saved(kit, tmp_path, [1], keep=1)
    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(OSError, match="No space"):
        kit["save"]({}, tmp_path, 2, keep=1)
    assert kit["latest"](tmp_path)[0] == 1


@pytest.mark.parametrize(("step", "keep"), [(-1, 3), (5, 0), (5, -2)])
def test_an_impossible_setting_is_refused_by_name(kit, tmp_path, step, keep):
    with pytest.raises(ValueError, match=f"got {step} and {keep}"):
        kit["save"]({}, tmp_path, step, keep)
    assert list(tmp_path.iterdir()) == []


def test_the_safe_way_of_the_page_is_atomic_too(tmp_path):
    names = definitions("atomic_save")
    path = tmp_path / "run.pt"
    for way in ("save_over", "save_atomically"):
        names[way]({"way": way}, path)
        assert torch.load(path) == {"way": way}
        assert [found.name for found in tmp_path.iterdir()] == ["run.pt"]


@given(
    examples=st.integers(1, 40),
    size=st.integers(1, 12),
    stops=st.lists(st.integers(0, 30), max_size=4),
)
def test_an_order_goes_on_where_it_stopped(program, examples, size, stops):
    new = program("checkpointing/loader_position")["Order"]

    def batches(order, count):
        found = []
        while len(found) < count:
            for batch in order:
                found.append(batch)
                if len(found) == count:
                    break
        return found

    expected = batches(new(examples, size), sum(stops) + 5)
    order, found = new(examples, size), []
    for count in [*stops, 5]:
        again = new(examples, size)
        again.load_state_dict(order.state_dict())
        order = again
        found += batches(order, count)
    assert found == expected
    an_epoch = -(-examples // size)
    first = [index for batch in expected[:an_epoch] for index in batch]
    assert len(expected) < an_epoch or sorted(first) == list(range(examples))


def test_each_epoch_has_an_order_of_its_own(program):
    order = program("checkpointing/loader_position")["Order"](50, 50)
    assert next(iter([*order])) != next(iter([*order]))


@given(seed=st.integers(0, 2**32 - 1), before=st.integers(0, 700), after=st.integers(1, 700))
@examples(50)
def test_random_numbers_repeat_after_a_file(program, seed, before, after):
    names = program("checkpointing/random_numbers")
    rng = np.random.default_rng(seed)
    for start in (random.seed, np.random.seed, torch.manual_seed):
        start(seed)

    def draw(count):
        return (
            [random.gauss(0, 1) for _ in range(count)],
            np.random.normal(size=count).tolist(),
            rng.normal(size=count).tolist(),
            torch.randn(count).tolist(),
        )

    draw(before)
    file = io.BytesIO()
    torch.save(names["random_state"](rng), file)
    expected = draw(after)
    file.seek(0)
    names["set_random_state"](torch.load(file, weights_only=True), rng)
    assert draw(after) == expected


def test_another_number_of_generators_is_refused(program):
    names = program("checkpointing/random_numbers")
    state = names["random_state"](np.random.default_rng(0))
    with pytest.raises(ValueError):
        names["set_random_state"](state)


SCHEDULES = {
    "linear": lambda optimizer, **k: torch.optim.lr_scheduler.LinearLR(optimizer, 0.1, 1, 9, **k),
    "cosine": lambda optimizer, **k: torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 9, **k),
    "exponential": lambda optimizer, **k: torch.optim.lr_scheduler.ExponentialLR(
        optimizer, 0.7, **k
    ),
    "step": lambda optimizer, **k: torch.optim.lr_scheduler.StepLR(optimizer, 3, **k),
}


def rates_after_a_resume(names, make, done, by_last_epoch):
    """Return two learning rates of a run resumed after `done` steps, and the right ones."""
    optimizer, again = names["new_optimizer"](), names["new_optimizer"]()
    schedule = make(optimizer)
    names["rates"](optimizer, schedule, done)
    states = deepcopy([optimizer.state_dict(), schedule.state_dict()])
    if by_last_epoch:
        again.load_state_dict(states[0])
        resumed = make(again, last_epoch=done - 1)
    else:
        resumed = make(again)
        again.load_state_dict(states[0])
        resumed.load_state_dict(states[1])
    return names["rates"](again, resumed, 2), names["rates"](optimizer, schedule, 2)


def test_the_warm_up_of_the_page_is_a_straight_line(program):
    names = program("checkpointing/resume_the_schedule")
    optimizer = names["new_optimizer"]()
    used = names["rates"](optimizer, names["warm_up"](optimizer), 12)
    assert used == pytest.approx([0.1 * min(1, (1 + done) / 10) for done in range(12)])


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_a_restored_schedule_goes_on(program, schedule):
    names = program("checkpointing/resume_the_schedule")
    for done in range(1, 9):
        ours, right = rates_after_a_resume(names, SCHEDULES[schedule], done, by_last_epoch=False)
        assert ours == right
        ours, right = rates_after_a_resume(names, SCHEDULES[schedule], done, by_last_epoch=True)
        twice = schedule == "step" and done % 3 == 0  # the drop falls on the resume
        assert ours == pytest.approx([rate * (0.1 if twice else 1) for rate in right])


def compiled(net):
    return torch.compile(net, backend="eager")  # it never runs: the names are all that matters


@pytest.mark.parametrize(
    "wrap",
    [
        nn.DataParallel,
        compiled,
        lambda net: nn.DataParallel(compiled(net)),
        lambda net: compiled(nn.DataParallel(net)),
        lambda net: net.append(compiled(net.pop(1))),
    ],
    ids=["parallel", "compiled", "parallel compiled", "compiled parallel", "a part compiled"],
)
def test_states_of_wrapped_networks_fit_again(program, wrap):
    def network():
        return nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3))

    state = wrap(network()).state_dict()
    assert state.keys() != network().state_dict().keys()
    cleaned = program("checkpointing/wrong_keys")["without_prefixes"](state)
    network().load_state_dict(cleaned)


def test_names_inside_a_key_are_left_alone(program):
    state = {"a.module.weight": 1, "submodule.bias": 2}
    assert program("checkpointing/wrong_keys")["without_prefixes"](state) == state


def test_an_optimizer_takes_only_the_state_of_its_names(program):
    names = program("checkpointing/optimizer_state")
    net = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3))
    pairs = list(net.named_parameters())
    old = torch.optim.Adam(pairs)
    net(torch.randn(4, 3)).sum().backward()
    old.step()
    state = old.state_dict()
    new = torch.optim.Adam(pairs)
    names["load"](new, state)
    for _, parameter in pairs:
        assert new.state[parameter]["exp_avg"].equal(old.state[parameter]["exp_avg"])
        assert new.state[parameter]["exp_avg"] is not old.state[parameter]["exp_avg"]
    with pytest.raises(ValueError, match=r"1\.bias.*0\.weight.*cannot take"):
        names["load"](torch.optim.Adam(pairs[::-1]), state)
    with pytest.raises(ValueError, match="cannot take"):
        names["load"](torch.optim.Adam([{"params": pairs[:2]}, {"params": pairs[2:]}]), state)


def test_an_optimizer_follows_a_conversion_and_its_averages_do_not():
    net = nn.Linear(3, 2)
    optimizer = torch.optim.Adam(net.parameters())
    net(torch.ones(1, 3)).sum().backward()
    optimizer.step()
    state = deepcopy(optimizer.state_dict())
    net.double()
    assert optimizer.param_groups[0]["params"][0] is net.weight
    assert optimizer.state[net.weight]["exp_avg"].dtype == torch.float32
    optimizer.load_state_dict(state)
    assert optimizer.state[net.weight]["exp_avg"].dtype == torch.float64


def test_a_checkpoint_of_the_page_loads_safely(program):
    verdict = program("checkpointing/safe_load")["verdict"]
    random_state = program("checkpointing/random_numbers")["random_state"]
    assert verdict(random_state(np.random.default_rng(0))) == "admitted"
    for bit_generator in (np.random.Philox, np.random.MT19937, np.random.SFC64):
        state = np.random.Generator(bit_generator(0)).bit_generator.state
        assert verdict(state).startswith("refused: numpy")


@given(data=st.binary(min_size=1, max_size=40), bit=st.integers(0, 319))
def test_one_bit_is_flipped_and_no_other(data, bit):
    assume(bit < 8 * len(data))
    changed = definitions("damaged_files")["flipped"](data, bit)
    assert len(changed) == len(data)
    assert int.from_bytes(changed, "little") ^ int.from_bytes(data, "little") == 1 << bit


TIMES = {
    "save": st.floats(0, 2),
    "restart": st.floats(0, 20),
    "between": st.floats(20, 1000),
    "interval": st.floats(1, 200),
}


def lost(needed, between, parts=4_000):
    """Return the mean time until a crash, of the crashes before `needed`, as a sum."""
    times = (np.arange(parts) + 0.5) * needed / parts
    return (times * np.exp(-times / between)).sum() * needed / parts / between


@given(**TIMES)
def test_the_slowdown_is_the_expectation_over_all_crashes(interval, save, restart, between):
    first, again = interval + save, restart + interval + save
    survives = np.exp(-again / between)
    after_a_crash = (lost(again, between) + survives * again) / survives
    survives = np.exp(-first / between)
    mean = lost(first, between) + survives * first + (1 - survives) * after_a_crash
    ours = definitions("how_often")["slowdown"](interval, save, restart, between)
    assert ours == pytest.approx(mean / interval, rel=1e-5)


@given(save=st.floats(0.01, 1), ratio=st.floats(100, 1e6), restart=st.floats(0, 20))
def test_youngs_interval_is_nearly_the_best(save, ratio, restart):
    names = definitions("how_often")
    best = names["best_interval"](save, ratio * save)
    costs = [
        names["slowdown"](best * factor, save, restart, ratio * save)
        for factor in np.geomspace(0.25, 4, 81)
    ]
    assert costs[40] <= 1.002 * min(costs)
    assert costs[0] > costs[40] < costs[-1]


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("slowdown", (0, 1, 1, 100)),
        ("slowdown", (10, -1, 1, 100)),
        ("slowdown", (10, 1, -2, 100)),
        ("slowdown", (10, 1, 1, 0)),
        ("best_interval", (0, 100)),
        ("best_interval", (1, -100)),
    ],
)
def test_impossible_times_are_refused_by_name(name, times):
    with pytest.raises(ValueError) as caught:
        definitions("how_often")[name](*times)
    assert all(str(time) in str(caught.value) for time in times)


def test_the_size_of_a_slice_is_that_of_its_storage(program):
    megabytes = program("checkpointing/file_size")["megabytes"]
    table = torch.zeros(500, 100)
    for part in (table[3], table[:, 2], table[::7, 5:9], table.T):
        assert megabytes(part) == pytest.approx(megabytes(table), rel=0.01)
        copied = 4 * part.numel() / 1e6
        assert megabytes(part.clone()) == pytest.approx(copied, abs=0.002)
