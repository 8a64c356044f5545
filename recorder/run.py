"""Run programs alone, each as in a fresh interpreter, several at a time."""

import ast
import contextlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from recorder.child import NEEDS_INTERPRETER

LIMIT = 60  # seconds for one program
LARGEST_OUTPUT = 64 * 1024  # bytes: more is no text that anybody reads
PACKAGES = {"torch": "torch", "numpy": "NumPy", "matplotlib": "Matplotlib"}
PACKAGES |= {"sklearn": "scikit-learn", "scipy": "SciPy", "skimage": "scikit-image"}
PACKAGES |= {"tqdm": "tqdm", "tensorboard": "tensorboard"}
ALWAYS_NAMED = ("torch", "numpy")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")  # all but tab and line feed
GONE = "the process that starts programs has ended; what it said stands above"
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")


@dataclass
class Result:
    """What a program did: the outputs of its cells (a program is one cell), or why it failed."""

    outputs: list[str] = field(default_factory=list)
    figures: list[list[str]] = field(default_factory=list)  # SVG, by cell
    failure: str = ""  # empty if all went well
    line: int | None = None  # of the program, where it failed
    seconds: float = 0.0
    device: str = "CPU"
    versions: dict[str, str] = field(default_factory=dict)


def cores():
    """Return how many processes can run at a time."""
    allowed = getattr(os, "sched_getaffinity", None)  # Linux
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def imports(source):
    """Return the names of the top-level packages that a program imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def versions(source):
    """Return {"Python": "3.11.7", "torch": "2.13.0", …} for what a program was run with."""
    used = imports(source)
    found = {"Python": ".".join(map(str, sys.version_info[:3]))}
    for module, name in PACKAGES.items():
        if module in used or module in ALWAYS_NAMED:
            with contextlib.suppress(PackageNotFoundError):
                found[name] = version(name).partition("+")[0]
    return found


def to_preload(sources):
    """Return the modules that a forking parent imports before it runs these programs."""
    pattern = re.compile(r"\b(?:torch|numpy|matplotlib|sklearn)\b")
    used = {name for source in sources for name in pattern.findall(source)}
    wanted = ["numpy", "numpy.random"] if used & {"numpy", "torch"} else []
    # The first optimizer step would import torch._dynamo, 830 modules, in every child.
    wanted += ["torch", "torch._dynamo"] if "torch" in used else []
    drawing = ["matplotlib.pyplot", "matplotlib.backends.backend_svg", "matplotlib.mathtext"]
    wanted += ["sklearn.datasets"] if "sklearn" in used else []  # a second, with SciPy
    return wanted + (drawing if "matplotlib" in used else [])


# What starts processes and says so. (What does not say so is noticed when it does it.)
# Seen twice in some hundred runs: a process that has used DistributedDataParallel over gloo ends by
# an abort. Its gloo threads live on past destroy_process_group(), which may be why. A program that
# starts processes and is told of an abort is run once more; a second abort fails.
ABORTED = "signal SIGABRT"
STARTS_PROCESSES = re.compile(
    r"^\s*(?:import|from)\s+(?:multiprocessing|subprocess|torch\.multiprocessing)\b"
    r"|\bnum_workers\s*=\s*[1-9]",
    re.MULTILINE,
)


def environment(folder):
    """Return the whole environment of a program: nothing of the caller's that could matter."""
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return kept | {
        "HOME": str(folder),  # a program gets one of its own below this
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
        "OMP_NUM_THREADS": "1",
        "CUDA_VISIBLE_DEVICES": "",  # records are the CPU's; `record-gpu` makes the others
        "MPLCONFIGDIR": str(Path(sys.prefix) / "cache" / "matplotlib"),
    }


class Runner:
    """Runs programs in forks of one warmed process, or, where that will not do, in new ones."""

    def __init__(self, preload=(), limit=LIMIT, variables=None):
        """preload: modules to import first. limit: seconds. variables: more of them, if any."""
        self.preload, self.limit, self.variables = list(preload), limit, variables or {}
        self.folder = Path(tempfile.mkdtemp(prefix="recorder-"))
        self.started, self.ended = {}, {}  # job: Future of a pid; pid: Future of a status
        self.lock = threading.Lock()
        self.parent = self.control = self.listener = None
        self.count = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def warm_up(self):
        """Start the forking parent; it imports while the caller goes on."""
        with self.lock:
            if self.parent:
                return
            self.control, theirs = socket.socketpair()
            command = [sys.executable, "-m", "recorder.child", "serve", str(theirs.fileno())]
            self.parent = subprocess.Popen(
                [*command, str(self.folder), *self.preload],
                pass_fds=[theirs.fileno()],
                env=environment(self.folder) | self.variables,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
            theirs.close()
            self.listener = threading.Thread(target=self._listen, daemon=True)
            self.listener.start()

    def close(self):
        """End the forking parent, which ends all programs and removes their files."""
        if self.parent:
            with contextlib.suppress(OSError):
                self.control.shutdown(socket.SHUT_RDWR)
            try:
                self.parent.wait(10)
            except subprocess.TimeoutExpired:
                _kill(self.parent.pid)
                self.parent.wait()
            self.listener.join()
            self.control.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, name, source, cells=None, *, own_interpreter=False):
        """Run a program and return its Result.

        name: the file name under which the program finds itself.
        cells: [(first line, code), …] where the outputs are wanted cell by cell.
        """
        own_interpreter = own_interpreter or bool(STARTS_PROCESSES.search(source))
        result = self._run(name, source, cells or [(1, source)], own_interpreter)
        if own_interpreter and ABORTED in result.failure:
            result = self._run(name, source, cells or [(1, source)], own_interpreter)
        result.versions = {} if result.failure else versions(source)
        return result

    def _run(self, name, source, cells, own_interpreter):
        self.warm_up()
        with self.lock:
            self.count += 1
            job = self.folder / str(self.count)
        status = (
            NEEDS_INTERPRETER if own_interpreter else self._start("fork", job, name, source, cells)
        )
        if status == NEEDS_INTERPRETER:
            status = self._start("once", job, name, source, cells)
        try:
            return self._result(job, status, cells)
        finally:
            shutil.rmtree(job, ignore_errors=True)

    def _start(self, how, job, name, source, cells):
        """Let the parent run the job, in a fork or in a new interpreter; return how it ended.

        That is an exit status, None after the time limit, or "left" if processes were left.
        """
        shutil.rmtree(job, ignore_errors=True)
        for folder in ("script", "work", "home", "tmp"):
            (job / folder).mkdir(parents=True)
        (job / "script" / name).write_text(source, "utf8")
        (job / "job.json").write_text(json.dumps({"script": name, "cells": cells}), "utf8")
        with self.lock:
            started = self.started[str(job)] = Future()
            try:
                self.control.sendall(f"{how} {job}\n".encode())
            except OSError:
                raise ChildProcessError(GONE) from None
        pid = started.result()
        try:
            status = self._of(pid).result(self.limit)
            return "left" if _end_all(pid, job, patience=2) else status
        except TimeoutError:
            _end_all(pid, job)
            self._of(pid).result()
            return None
        finally:
            with self.lock:
                del self.started[str(job)], self.ended[pid]

    def _of(self, pid):
        with self.lock:
            return self.ended.setdefault(pid, Future())

    def _listen(self):
        """Read what the forking parent reports, and wake those who wait for it."""
        with contextlib.suppress(OSError, ValueError), self.control.makefile("r") as lines:
            for line in lines:
                word, *rest = line.split(" ", 1)[0], *line.rsplit(" ", 1)
                if word == "started":
                    self.started[rest[0].removeprefix("started ")].set_result(int(rest[1]))
                else:
                    self._of(int(rest[0].removeprefix("ended "))).set_result(int(rest[1]))
        for future in [*self.started.values(), *self.ended.values()]:
            if not future.done():
                future.set_exception(ChildProcessError(GONE))

    def _result(self, job, status, cells):
        """Turn what a run has left in its folder into a Result, or say why it failed."""
        stdout, stderr = (_head(job / name) for name in ("stdout", "stderr"))
        error_text = stderr.decode("utf8", "replace").strip()[:2000]
        report = {}
        with contextlib.suppress(FileNotFoundError):
            report = json.loads((job / "result.json").read_text("utf8"))
        error = report.get("error")
        if status is None:
            return Result(failure=f"still running after {self.limit:g} s: it was ended")
        if status == "left":
            return Result(failure="it left processes running behind it: they were ended")
        if len(stdout) > LARGEST_OUTPUT:
            size = f"{(job / 'stdout').stat().st_size:,} bytes"
            return Result(failure=f"it printed {size}: more than {LARGEST_OUTPUT:,} is no page")
        if error:
            return Result(failure=error["text"], line=error["line"])
        if status or not report:
            return Result(failure=f"{_ending(status)}\n{error_text}".strip())
        if error_text:
            return Result(failure=f"it wrote to stderr:\n{error_text}")
        if len(report["ends"]) != len(cells):
            return Result(failure="it ended before its last cell")
        try:
            text = stdout.decode("utf8")
        except UnicodeDecodeError as problem:
            return Result(failure=f"what it printed is not UTF-8: byte {problem.start}")
        control = CONTROL.search(text)
        if control:
            return Result(failure=f"it printed the control character {control[0]!r}")
        outputs, figures, at, shown = [], [], 0, 0
        for end, count in report["ends"]:
            outputs.append(stdout[at:end].decode("utf8"))
            figures.append(report["figures"][shown:count])
            at, shown = end, count
        outputs[-1] += stdout[at:].decode("utf8")  # by a thread, or on the way out
        return Result(outputs, figures, seconds=report["seconds"], device=report["device"])


def _head(path):
    """Return the start of a file: as much as an output may have, and a byte more."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_OUTPUT + 1)
    except FileNotFoundError:
        return b""


def _ending(status):
    if status is not None and status < 0:
        return f"it was killed by {signal.Signals(-status).name}"
    return f"it ended with exit status {status}"


def _kill(group):
    """End a whole process group, if any of it is left."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def _end_all(group, job, patience=0.0):
    """End what is left of a job's processes after some seconds; say whether there were any.

    They are those of its process group, and, on Linux, those that went off into another one.
    """
    deadline = time.monotonic() + patience
    while (alive := _alive(group)) and time.monotonic() < deadline:
        time.sleep(0.01)
    _kill(group)
    strays = _strays(job)
    for pid in strays:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, signal.SIGKILL)
    return alive or bool(strays)


def _alive(group):
    """Say whether a process group has a member that is more than a zombie."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    states = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has just ended
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            states += [state] * (int(its_group) == group)
    return not states or any(state not in "ZX" for state in states)  # no /proc: not Linux


def _strays(job):
    """Return the processes whose environment names the job's own folder, where /proc tells."""
    mark, found = f"TMPDIR={job / 'tmp'}\0".encode(), []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark in path.read_bytes():
                found.append(int(path.parent.name))
    return found
