"""Several processes: the page's functions against torch, on inputs that it does not show."""

import contextlib
import math
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
import torch.distributed as dist
import torch.nn.functional as F
from hypothesis import given
from hypothesis import strategies as st
from torch.utils.data import DistributedSampler

from tests.examples import examples

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets" / "distributed"
COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=7).filter(any)


@contextlib.contextmanager
def group_of_one():
    """Let this process be a group by itself. (Programs make one too: load them before.)"""
    os.environ["GLOO_SOCKET_IFNAME"] = socket.if_nameindex()[0][1]
    dist.init_process_group("gloo", store=dist.HashStore(), rank=0, world_size=1)
    try:
        yield
    finally:
        dist.destroy_process_group()


def run(*command, seconds=60, **options):
    """Run a command as a reader would; return its exit status and what it printed."""
    done = subprocess.run(
        [sys.executable, *map(str, command)],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=seconds,  # no process may wait longer for another one
        **options,
    )
    return done.returncode, done.stdout, done.stderr


@examples(1000)
@given(
    length=st.integers(0, 70),
    place=st.integers(1, 13).flatmap(lambda k: st.tuples(st.just(k), st.integers(0, k - 1))),
    epoch=st.integers(0, 1000),
    seed=st.integers(0, 1000),
    shuffle=st.booleans(),
    drop_last=st.booleans(),
)
def test_indices_equal_torchs_sampler(program, length, place, epoch, **options):
    processes, rank = place
    sampler = DistributedSampler(range(length), processes, rank, **options)
    sampler.set_epoch(epoch)
    ours = program("distributed/distributed_sampler")["indices"]
    found = ours(length, processes, rank, epoch=epoch, **options)
    assert found == list(sampler)
    assert len(found) == len(sampler)


@given(length=st.integers(1, 70), processes=st.integers(1, 13), epoch=st.integers(0, 9))
def test_all_examples_are_seen_and_only_the_padding_twice(program, length, processes, epoch):
    indices = program("distributed/distributed_sampler")["indices"]
    shares = [indices(length, processes, rank, epoch=epoch) for rank in range(processes)]
    seen = np.bincount(np.concatenate(shares), minlength=length)
    assert len({len(share) for share in shares}) == 1
    assert seen.min() >= 1
    assert seen.sum() - length == -length % processes


@pytest.mark.parametrize(
    ("length", "processes", "rank"), [(-1, 4, 0), (9, 4, 4), (9, 4, -1), (9, 0, 0)]
)
def test_indices_of_no_process_are_refused(program, length, processes, rank):
    with pytest.raises(ValueError, match=f"rank {rank} of {processes}, length {length}"):
        program("distributed/distributed_sampler")["indices"](length, processes, rank)


@given(processes=st.integers(1, 9), length=st.integers(0, 40), seed=st.integers(0, 999))
def test_a_ring_adds_up_and_sends_what_it_says(program, processes, length, seed):
    arrays = np.random.default_rng(seed).normal(1e4, 1, (processes, length))
    before = arrays.copy()
    results, sent = program("distributed/ring_all_reduce")["ring_all_reduce"](list(arrays))
    for result in results:
        np.testing.assert_allclose(result, before.sum(axis=0), rtol=1e-12)
    np.testing.assert_array_equal(arrays, before)
    assert sum(sent) == 2 * (processes - 1) * length
    assert max(sent) <= 2 * length
    if length % processes == 0:
        assert set(sent) == {2 * (processes - 1) * length // processes}


@pytest.mark.parametrize("shapes", [[], [(3,), (4,)], [(1,), (3,)], [(2, 2), (2, 2)], [()]])
def test_a_ring_refuses_arrays_that_do_not_add_up(program, shapes):
    with pytest.raises(ValueError) as caught:
        program("distributed/ring_all_reduce")["ring_all_reduce"]([np.ones(s) for s in shapes])
    assert str(shapes) in str(caught.value)


@given(counts=COUNTS, seed=st.integers(0, 999))
def test_weighted_means_average_to_the_mean_of_all(program, counts, seed):
    weight = program("distributed/unequal_shares")["share_weight"]
    losses = torch.randn(sum(counts), generator=torch.Generator().manual_seed(seed)).double() + 1e4
    means = [share.sum() / max(len(share), 1) for share in losses.split(counts)]
    weighted = [weight(counts, rank) * mean for rank, mean in enumerate(means)]
    torch.testing.assert_close(sum(weighted) / len(counts), losses.mean())


@given(count=st.integers(1, 50), processes=st.integers(1, 9))
def test_equal_shares_need_no_weight(program, count, processes):
    weight = program("distributed/unequal_shares")["share_weight"]
    assert weight([count] * processes, processes - 1) == 1


@pytest.mark.parametrize(("counts", "rank"), [([], 0), ([0, 0], 0), ([3, -1], 0), ([3, 1], 2)])
def test_counts_of_nothing_are_refused(program, counts, rank):
    with pytest.raises(ValueError, match=re.escape(f"counts {counts} and rank {rank}")):
        program("distributed/unequal_shares")["share_weight"](counts, rank)


@given(counts=COUNTS, seed=st.integers(0, 999))
def test_joined_accuracy_is_that_of_one_process(program, counts, seed):
    right = torch.randint(2, (sum(counts),), generator=torch.Generator().manual_seed(seed)).double()
    joined = program("distributed/exact_evaluation")["joined_accuracy"]
    torch.testing.assert_close(joined(right.split(counts)), right.mean())


def test_bytes_are_those_of_the_zero_paper(program):
    per_parameter = program("distributed/memory_per_gpu")["bytes_per_parameter"]
    ways = ("DDP", "ZeRO-1", "ZeRO-2", "ZeRO-3, FSDP")
    figure_1 = [120, 31.4, 16.6, 1.9]  # GB for 7.5 billion parameters on 64 GPUs
    assert [round(7.5 * per_parameter(way, 64), 1) for way in ways] == figure_1
    assert {per_parameter(way, 1) for way in ways} == {16}


@given(processes=st.integers(2, 10_000))
def test_each_stage_holds_less(program, processes):
    names = program("distributed/memory_per_gpu")
    held = [names["bytes_per_parameter"](way, processes) for way in names["SPLIT"]]
    assert held == sorted(held, reverse=True)
    assert held[-1] * processes == pytest.approx(16)


@pytest.mark.parametrize(("way", "processes"), [("ZeRO-4", 2), ("DDP", 0), ("DDP", -1)])
def test_unknown_ways_to_split_are_refused(program, way, processes):
    with pytest.raises(ValueError, match=rf"{way}.* {processes} processes"):
        program("distributed/memory_per_gpu")["bytes_per_parameter"](way, processes)


def test_sync_batch_norm_of_one_process_is_batch_norm(program):
    sync_batch_norm = program("distributed/sync_batch_norm")["sync_batch_norm"]
    with group_of_one():
        for n, d, mean, std in ((2, 1, 0, 1), (7, 5, 1e4, 1), (40, 3, -3, 1e-4), (6, 2, 1e4, 1e3)):
            x, dy = torch.randn(2, n, d, dtype=torch.float64)
            x = (mean + std * x).requires_grad_()
            y = F.batch_norm(x, None, None, training=True)
            (dx,) = torch.autograd.grad(y, x, dy)
            ours = sync_batch_norm(x.detach(), dy)
            torch.testing.assert_close(ours[0], y.detach(), rtol=1e-6, atol=1e-6)
            torch.testing.assert_close(ours[1], dx, rtol=1e-6, atol=1e-6 * dx.abs().max().item())


@pytest.mark.parametrize(
    ("x", "dy"), [((4,), (4,)), ((4, 3), (3,)), ((4, 3), (1, 3)), ((2, 4, 3), (2, 4, 3))]
)
def test_sync_batch_norm_refuses_other_shapes(program, x, dy):
    with pytest.raises(ValueError) as caught:
        program("distributed/sync_batch_norm")["sync_batch_norm"](torch.ones(x), torch.ones(dy))
    assert f"{list(x)}" in str(caught.value)
    assert f"{list(dy)}" in str(caught.value)


def test_accumulation_takes_one_all_reduce_or_one_for_each_part(program):
    accumulate = program("distributed/gradient_accumulation")["accumulate"]
    torch.set_default_dtype(torch.float64)
    try:
        with group_of_one():
            whole, _ = accumulate(1, False, False)
            for parts in (2, 3, 6, 12):
                for quiet, calls in (((False, False), parts), ((True, True), 1)):
                    gradient, counted = accumulate(parts, *quiet)
                    assert counted == calls
                    torch.testing.assert_close(gradient, whole)
    finally:
        torch.set_default_dtype(torch.float32)


def test_every_layer_is_sent_once_after_its_gradient(program):
    events = program("distributed/buckets")["events"]
    with group_of_one():
        for bucket_mib in (0.1, 0.3, 0.7, 2):
            log = events(bucket_mib)
            sent = [(n, layer) for n, event in enumerate(log) for layer in event[5:].split("+")]
            assert sorted(layer for _, layer in sent if layer) == list("0123")
            assert all(log.index(layer) < n for n, layer in sent if layer)
            assert log[0] == "3"
            layers_in_each = math.ceil(bucket_mib / 0.25)
            assert len(log) - 4 == math.ceil(4 / layers_in_each)


def test_training_alone_saves_what_a_plain_network_loads(program, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    train = program("distributed/train_ddp")["train"]
    with group_of_one():
        train(torch.device("cpu"))
    losses = [float(number) for number in re.findall(r"loss (\d\.\d+)", capsys.readouterr().out)]
    assert len(losses) == 4
    assert losses == sorted(losses, reverse=True)
    net = torch.nn.Sequential(torch.nn.Linear(4, 16), torch.nn.Tanh(), torch.nn.Linear(16, 1))
    net.load_state_dict(torch.load(tmp_path / "weights.pt", weights_only=True))


def test_a_process_that_raises_ends_the_run_with_a_message():
    _, output, errors = run(SNIPPETS / "dead_worker.py", "raise")
    assert output.splitlines() == [
        "process 0 lost a peer",
        "process 1 raised an error",
        "the run has failed",
    ]
    assert "a label that is no class" in errors


TWO_PROCESSES = """
import contextlib, io, runpy, sys
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
import torch.nn.functional as F
from torch.nn.parallel import DistributedDataParallel as DDP

def load(name):
    with contextlib.redirect_stdout(io.StringIO()):
        return runpy.run_path(f"{sys.argv[1]}/{name}.py", run_name="program")

torch.set_default_dtype(torch.float64)

def check_batch_norm(rank):
    x, dy = torch.randn(2, 8, 3)
    x = (1e4 + x).requires_grad_()
    y = F.batch_norm(x, None, None, training=True)
    dx, = torch.autograd.grad(y, x, dy)
    share = slice(0, 7) if rank == 0 else slice(7, 8)  # one example has no variance alone
    ours = load("sync_batch_norm")["sync_batch_norm"](x.detach()[share], dy[share])
    torch.testing.assert_close(ours[0], y.detach()[share], rtol=1e-7, atol=1e-7)
    torch.testing.assert_close(ours[1], dx[share], rtol=1e-7, atol=1e-7)

def check_weights(rank):
    counts = (5, 2)
    net = torch.nn.Linear(4, 3)
    x, target = torch.randn(7, 4), torch.randn(7, 3)
    whole, = torch.autograd.grad(F.mse_loss(net(x), target), net.weight)
    share = slice(0, 5) if rank == 0 else slice(5, 7)
    model = DDP(net)
    loss = F.mse_loss(model(x[share]), target[share])
    (load("unequal_shares")["share_weight"](counts, rank) * loss).backward()
    torch.testing.assert_close(net.weight.grad, whole)

def work(rank, place):
    dist.init_process_group("gloo", place, rank=rank, world_size=2)
    torch.manual_seed(1)
    for check in (check_batch_norm, check_weights):
        check(rank)
        print(check.__name__, flush=True)
    dist.destroy_process_group()

if __name__ == "__main__":
    mp.start_processes(work, (sys.argv[2],), 2, start_method="fork")
"""


def test_two_processes_agree_with_one_at_unusual_sizes(tmp_path):
    (tmp_path / "check.py").write_text(TWO_PROCESSES, "utf8")
    status, output, errors = run(tmp_path / "check.py", SNIPPETS, f"file://{tmp_path}/meet")
    assert status == 0, errors
    assert output.count("check_batch_norm") == output.count("check_weights") == 2
