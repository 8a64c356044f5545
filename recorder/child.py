"""What happens inside a process that runs a program: as nearly as can be, what a reader sees.

    python -m recorder.child serve FD FOLDER MODULE ...    import the modules, then start jobs
    python -m recorder.child once JOB                      run one job in this interpreter

The forking parent imports torch but never runs an operation: one that did would leave its
children without the threads of its OpenMP pool, and they would hang. A job is a folder:

    job.json      in: {"script", "cells": [[first line, code], ...]}
    script/       the program, under its own name: what `python program.py` puts on sys.path
    work/         the current directory, empty; home/ and tmp/ are empty too
    stdout, stderr, result.json                 out
"""

import atexit
import contextlib
import gc
import importlib
import importlib.util
import json
import multiprocessing.synchronize
import multiprocessing.util
import os
import resource
import select
import shutil
import signal
import socket
import sys
import tempfile
import threading
import time
import traceback
import types
import warnings
from pathlib import Path

ENVIRONMENT = dict(os.environ)  # as it was before any import could add to it
NEEDS_INTERPRETER = 87  # exit status: the program starts processes, a fork will not do
STARTS_PROCESS = {"os.fork", "os.forkpty", "os.system", "os.posix_spawn", "subprocess.Popen"}
LARGEST_FILE = 2**28  # bytes: a program that prints without end must not fill the disk


def run_job(job, *, forked):
    """Run one job in this process and leave its result in the job's folder."""
    job = Path(job)
    task = json.loads((job / "job.json").read_text("utf8"))
    script = job / "script" / task["script"]
    _connect(job)
    _clear_traces(script, job)
    drawing = any("matplotlib" in code for _, code in task["cells"])
    figures = _record_figures() if drawing else None
    shown = figures.shown if figures else []
    if forked:
        atexit._clear()  # what the imports have asked for costs more than the fork
        _leave_when_processes_start()
    ends, error, start = [], None, time.perf_counter()
    main = sys.modules["__main__"].__dict__
    try:
        for first_line, code in task["cells"]:
            source = "\n" * (first_line - 1) + code
            try:
                exec(compile(source, str(script), "exec", dont_inherit=True), main)
            finally:
                _flush()
                ends.append((os.fstat(1).st_size, len(shown)))
        if forked:
            threading._shutdown()  # waits for threads, as the interpreter would
    except SystemExit as stop:
        if stop.code:
            error = {"line": _line_of(stop, script), "text": f"SystemExit: {stop.code}"}
    except SyntaxError as problem:
        error = {"line": _line_of(problem, script), "text": f"SyntaxError: {problem.msg}"}
    except BaseException as problem:
        text = "".join(traceback.format_exception_only(problem)).strip()
        error = {"line": _line_of(problem, script), "text": text}
    if figures and not error and figures.left_open():
        error = {"line": None, "text": "a figure was drawn and never shown: plt.show()"}
    result = {
        "seconds": time.perf_counter() - start,
        "ends": ends,
        "error": error,
        "figures": shown,
        "device": _device(),
    }
    if forked:
        atexit._run_exitfuncs()  # as the interpreter would
    _flush()
    (job / "result.json.new").write_text(json.dumps(result), "utf8")
    (job / "result.json.new").replace(job / "result.json")


def _connect(job):
    """Point the three standard streams to the job's files, below Python and in it."""
    out = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    streams = [(os.devnull, os.O_RDONLY), (job / "stdout", out), (job / "stderr", out)]
    for number, (path, flags) in enumerate(streams):
        opened = os.open(path, flags)
        os.dup2(opened, number)
        os.close(opened)
    sys.stdout.reconfigure(line_buffering=True)  # as on a terminal
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, LARGEST_FILE))


def _flush():
    """Write out what Python holds back, whatever a program has done to its streams."""
    for stream in (sys.stdout, sys.stderr, sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(AttributeError, ValueError, OSError):
            stream.flush()


def _clear_traces(script, job):
    """Undo what loading this module has left: paths, arguments, modules, warnings, randomness."""
    ours = {os.path.realpath(p) for p in (Path.cwd(), Path(__file__).parent.parent)}
    sys.path[:] = [str(script.parent)] + [p for p in sys.path if os.path.realpath(p) not in ours]
    os.environ.clear()
    os.environ.update({k: v for k, v in ENVIRONMENT.items() if k != "PYTHONPATH"})
    os.environ.update(HOME=str(job / "home"), TMPDIR=str(job / "tmp"))
    tempfile.tempdir = None
    os.chdir(job / "work")
    sys.path_importer_cache.clear()
    sys.argv[:] = [str(script)]
    for name in [n for n in sys.modules if n.partition(".")[0] == "recorder"]:
        del sys.modules[name]
    main = sys.modules["__main__"] = types.ModuleType("__main__")
    main.__file__ = str(script)
    warnings.simplefilter("default")
    for category in (DeprecationWarning, PendingDeprecationWarning, FutureWarning):
        warnings.simplefilter("error", category)
    for category in (ResourceWarning, ImportWarning):
        warnings.simplefilter("ignore", category)
    # What torch calls deprecated inside itself is not the program's: no reader sees it.
    warnings.filterwarnings("ignore", category=DeprecationWarning, module=r"torch\.")
    if "numpy.random" in sys.modules:  # each interpreter draws its own; so must each fork
        sys.modules["numpy.random"].seed()
    if "torch" in sys.modules:
        sys.modules["torch"].default_generator.seed()


def _record_figures():
    """Take over Matplotlib's show() and return the module that does it."""
    here = Path(__file__).with_name("figures.py")
    spec = importlib.util.spec_from_file_location("_figures", here)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.install()
    return module


def _leave_when_processes_start():
    """End this fork as soon as the program starts a process of its own."""

    def leave(*_args, **_kwargs):
        os._exit(NEEDS_INTERPRETER)

    sys.addaudithook(lambda event, _: leave() if event in STARTS_PROCESS else None)
    # What multiprocessing does to start a process, but for os.fork, is not audited.
    multiprocessing.util.spawnv_passfds = leave
    multiprocessing.synchronize.SemLock.__init__ = leave  # before it leaves anything behind


def _line_of(problem, script):
    """Return the line of the program at which an exception passed, or None."""
    if isinstance(problem, SyntaxError) and problem.filename == str(script):
        return problem.lineno
    frames = traceback.extract_tb(problem.__traceback__)
    return next((f.lineno for f in reversed(frames) if f.filename == str(script)), None)


def _device():
    """Name the device that the program used: "CPU", or an accelerator's name."""
    torch = sys.modules.get("torch")
    if torch and torch.cuda.is_initialized() and torch.cuda.max_memory_allocated():
        return torch.cuda.get_device_name()
    if torch and torch.backends.mps.is_available() and torch.mps.current_allocated_memory():
        return "Apple MPS"
    return "CPU"


def serve(control, folder, modules):
    """Import the modules, then start a process for each job named on the control socket.

    Reads lines "fork JOB" and "once JOB"; writes "started JOB PID" and "ended PID STATUS".
    When the other end is gone, ends all that still runs and removes the folder.
    """
    for name in modules:
        importlib.import_module(name)
    if "matplotlib.mathtext" in modules:  # builds its grammar once, a quarter of a second
        sys.modules["matplotlib.mathtext"].MathTextParser("path").parse("$10^1$")
    gc.freeze()  # spares each child from looking at, and so copying, all of this
    wake_read, wake_write = os.pipe()
    os.set_blocking(wake_write, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(wake_write, warn_on_full_buffer=False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the runner decides when to stop
    running, pending = set(), b""
    try:
        while True:
            readable, _, _ = select.select([control, wake_read], [], [])
            if wake_read in readable:
                os.read(wake_read, 4096)
                _reap(control, running)
            if control in readable:
                data = control.recv(65536)
                if not data:
                    return
                *lines, pending = (pending + data).split(b"\n")
                for line in lines:
                    how, _, job = line.decode().partition(" ")
                    pid = os.fork()
                    if pid == 0:
                        _child(control, (wake_read, wake_write), how, job)
                    running.add(pid)
                    control.sendall(f"started {job} {pid}\n".encode())
    except (BrokenPipeError, ConnectionResetError):
        return
    finally:
        for pid in running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)


def _child(control, pipe, how, job):
    """Become a process of its own and run the job; never return."""
    status = 1
    try:
        os.setsid()
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        control.close()
        for end in pipe:
            os.close(end)
        if how == "once":
            command = [sys.executable, "-m", "recorder.child", "once", job]
            os.execve(sys.executable, command, ENVIRONMENT)
        run_job(job, forked=True)
        status = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def _reap(control, running):
    """Report every child that has ended."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        running.discard(pid)
        control.sendall(b"ended %d %d\n" % (pid, os.waitstatus_to_exitcode(status)))


def main(arguments):
    """Do what the command line says."""
    if arguments[0] == "once":
        run_job(arguments[1], forked=False)
    else:
        control = socket.socket(fileno=int(arguments[1]))
        serve(control, arguments[2], arguments[3:])
        os._exit(0)  # taking torch down by the book would take longer than a block


if __name__ == "__main__":
    main(sys.argv[1:])
