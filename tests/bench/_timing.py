"""Time several ways to do the same, in turn, so that a busy machine treats them alike."""

import os
import platform
import statistics
import time
from pathlib import Path

import numpy as np
import torch

ROOT = Path(__file__).resolve().parents[2]


def program(name):
    """Return the names of a program in snippets/: program("batch_norm/channel_by_channel")."""
    import contextlib
    import io
    import runpy

    with contextlib.redirect_stdout(io.StringIO()):
        return runpy.run_path(str(ROOT / "snippets" / f"{name}.py"), run_name="program")


def in_turn(ways, rounds=15):
    """Return the seconds that each way takes: the median over rounds, after one to warm up.

    ways: {name: function without arguments}. Each round calls each way once.
    """
    seconds = {name: [] for name in ways}
    for turn in range(rounds + 1):
        for name, way in ways.items():
            start = time.perf_counter()
            way()
            if turn:
                seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(found) for name, found in seconds.items()}


def machine():
    """Return a line that says on what was measured."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        lines = info.read_text("utf8").splitlines()
        model = next((n.partition(": ")[2] for n in lines if n.startswith("model name")), model)
    return f"{model}, {os.cpu_count()} cores, {torch.get_num_threads()} threads"


def draw(*shape):
    """Return float32 numbers, normally distributed, the same ones for the same shape."""
    return np.random.default_rng(0).normal(size=shape).astype(np.float32)
