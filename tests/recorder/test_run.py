"""The runner: each program as in a fresh interpreter, and nothing of it left behind."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from recorder.run import Runner, to_preload

LINUX = Path("/proc/self/environ").exists()
NAP = f"7{os.getpid()}"  # seconds, told apart from the naps of tests that run beside these


@pytest.fixture(scope="module")
def warm():
    """A runner whose parent has imported what it imports for programs with torch."""
    with Runner(to_preload(["import torch"])) as runner:
        yield runner


@pytest.fixture(scope="module")
def runner():
    os.environ["SECRET"] = "of the caller"
    with Runner(["numpy", "numpy.random"], limit=20) as runner:
        yield runner
    del os.environ["SECRET"]


def prints(runner, source, **options):
    """Run a program that has to succeed; return what it prints."""
    result = runner.run("program.py", source, **options)
    assert not result.failure, result.failure
    return "".join(result.outputs)


def fails(runner, source):
    return runner.run("program.py", source).failure


OUTPUTS = {
    "ends_early": ("print(1)\nraise SystemExit(0)\nprint(2)\n", "1\n"),
    "at_exit": ("import atexit\natexit.register(print, 2)\nprint(1)\n", "1\n2\n"),
    "late_thread": (
        "import threading, time\n"
        "threading.Thread(target=lambda: (time.sleep(0.2), print(2))).start()\nprint(1)\n",
        "1\n2\n",
    ),
    "executor": (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "ThreadPoolExecutor(1).submit(print, 1)\n",
        "1\n",
    ),
    "other_stdout": ("import io, sys\nprint(1)\nsys.stdout = io.StringIO()\nprint(2)\n", "1\n"),
    "no_stdout": ("import sys\nprint(1)\nsys.stdout = None\n", "1\n"),
    "closed_stdout": ("import sys\nprint(1)\nsys.stdout.close()\n", "1\n"),
    "no_folder": ("import os\nos.rmdir(os.getcwd())\nprint(1)\n", "1\n"),
    "order": (
        "import subprocess\nprint(1)\nsubprocess.run(['echo', '2'])\nprint(3)\n",
        "1\n2\n3\n",
    ),
    "stdin": ("import sys\nprint(repr(sys.stdin.read()))\n", "''\n"),
    "name": ("print(__name__, __file__.split('/')[-1])\n", "__main__ program.py\n"),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("own_interpreter", [False, True])
@pytest.mark.parametrize("name", OUTPUTS)
def test_a_fork_and_an_interpreter_print_what_python_prints(runner, name, own_interpreter):
    source, expected = OUTPUTS[name]
    assert prints(runner, source, own_interpreter=own_interpreter) == expected


@pytest.mark.parametrize("own_interpreter", [False, True])
def test_nothing_of_the_caller_reaches_a_program(runner, own_interpreter):
    source = "import os\nprint(os.environ.get('SECRET'), os.environ['OMP_NUM_THREADS'])\n"
    source += "print([p for p in __import__('sys').path if os.path.isdir(p + '/recorder')])\n"
    source += "print(sorted(k for k in os.environ if k.startswith('PYTHON')))\n"
    expected = "None 1\n[]\n['PYTHONDONTWRITEBYTECODE', 'PYTHONUTF8']\n"
    assert prints(runner, source, own_interpreter=own_interpreter) == expected


def test_unseeded_numbers_differ_as_they_do_for_a_reader(warm):
    source = "import random, numpy, torch\n"
    source += "print(random.random(), numpy.random.random(), torch.rand(()).item())\n"
    pairs = zip(prints(warm, source).split(), prints(warm, source).split(), strict=True)
    assert all(first != second for first, second in pairs)


def test_home_and_temporary_folder_are_a_programs_own(warm):
    source = (
        "import tempfile\nfrom pathlib import Path\n"
        "for folder in (Path.home(), Path(tempfile.gettempdir())):\n"
        "    print(len(list(folder.iterdir())))\n    (folder / 'mine').write_text('')\n"
    )
    assert prints(warm, source) == prints(warm, source) == "0\n0\n"
    assert not [*warm.folder.glob("[0-9]*")]  # each job's folder goes with it


@pytest.mark.parametrize("kind", ["Deprecation", "PendingDeprecation", "Future"])
def test_a_warning_of_what_will_change_is_an_error(runner, kind):
    source = f"import warnings\nwarnings.warn('old', {kind}Warning)\n"
    assert fails(runner, source) == f"{kind}Warning: old"


FAILURES = {
    "input()\n": "EOFError",
    "print('10%\\r20%')\n": "the control character '\\r'",
    "print('\\033[1mbold')\n": "the control character '\\x1b'",
    "raise SystemExit('sorry')\n": "SystemExit: sorry",
    "raise KeyboardInterrupt\n": "KeyboardInterrupt",
    "import os\nos._exit(0)\n": "ended with exit status 0",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('x')\n": "never shown",
    "while True:\n    print('x' * 1000)\n": "is no page",
}


@pytest.mark.parametrize("source", FAILURES)
def test_a_failure_is_told(runner, source):
    assert FAILURES[source] in fails(runner, source)


def test_a_lab_that_ends_before_its_last_cell_is_told(runner):
    result = runner.run("lab.py", "", [(1, "raise SystemExit(0)"), (2, "print(1)")])
    assert result.failure == "it ended before its last cell"


def processes(words):
    """Return whether a process whose command line holds these words is running."""
    return (
        words in subprocess.run(["ps", "-A", "-o", "args"], capture_output=True, text=True).stdout
    )


def becomes(running, words):
    """Wait until such a process is running, or is not; say whether that came to be."""
    deadline = time.monotonic() + 10
    while processes(words) != running and time.monotonic() < deadline:
        time.sleep(0.05)
    return processes(words) == running


def gone(words):
    return becomes(False, words)


@pytest.mark.parametrize("start", ["fork", "once"])
def test_after_the_time_limit_the_whole_group_is_ended(start):
    how = f"import os\nif os.fork() == 0:\n    os.execlp('sleep', 'sleep', '{NAP}4')\n"
    source = (
        f"{how if start == 'fork' else ''}import subprocess\nsubprocess.run(['sleep', '{NAP}4'])\n"
    )
    with Runner(limit=1) as runner:
        assert "still running after 1 s" in fails(runner, source)
        assert gone(f"sleep {NAP}4")


@pytest.mark.skipif(not LINUX, reason="only Linux tells which processes a program has started")
def test_a_process_that_went_off_into_another_group_is_ended_and_told(runner):
    source = f"import subprocess\nsubprocess.Popen(['sleep', '{NAP}5'], start_new_session=True)\n"
    assert "left processes running" in fails(runner, source)
    assert gone(f"sleep {NAP}5")


def test_closing_a_runner_ends_what_runs_and_removes_its_files():
    runner = Runner()
    with runner:
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(1)
        running = pool.submit(
            runner.run, "program.py", f"import subprocess\nsubprocess.run(['sleep', '{NAP}6'])\n"
        )
        assert becomes(True, f"sleep {NAP}6")
    assert gone(f"sleep {NAP}6")
    assert not runner.folder.exists()
    with pytest.raises(ChildProcessError):
        running.result(10)
    pool.shutdown()


def test_when_the_forking_parent_dies_every_run_says_so():
    with Runner() as runner:
        assert prints(runner, "print(1)") == "1\n"
        os.kill(runner.parent.pid, signal.SIGKILL)
        runner.parent.wait()
        for _ in range(3):
            with pytest.raises(ChildProcessError, match="has ended"):
                runner.run("program.py", "print(1)")


def test_a_check_that_is_ended_leaves_no_program_running(project):
    project.show(
        "some/hangs", f'"""Hang."""\n\nimport subprocess\n\nsubprocess.run(["sleep", "{NAP}7"])\n'
    )
    process = project.command("pytest", "docs")
    assert becomes(True, f"sleep {NAP}7")
    process.terminate()
    process.communicate()
    assert gone(f"sleep {NAP}7")


def test_many_programs_at_once_do_not_get_into_each_others_way(runner):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(8) as pool:
        sources = [f"for _ in range(200):\n    print({n})\n" for n in range(60)]
        outputs = list(pool.map(lambda source: prints(runner, source), sources))
    assert outputs == [f"{n}\n" * 200 for n in range(60)]


ABORTS = """import multiprocessing
from pathlib import Path

counter = Path({counter!r})
counter.write_text(counter.read_text() + "x" if counter.exists() else "x")
if len(counter.read_text()) < {times}:
    raise RuntimeError("process 0 terminated with signal SIGABRT")
print("done")
"""


@pytest.mark.parametrize(("times", "works"), [(1, True), (2, True), (3, False)])
def test_a_program_whose_process_aborts_is_run_once_more(runner, tmp_path, times, works):
    source = ABORTS.format(counter=str(tmp_path / "counter"), times=times)
    result = runner.run("aborts.py", source)
    assert (result.outputs == ["done\n"]) == works
    assert ("SIGABRT" in result.failure) != works
    assert len((tmp_path / "counter").read_text()) == min(times, 2)


def test_a_program_that_starts_no_process_is_not_run_twice(runner, tmp_path):
    source = ABORTS.format(counter=str(tmp_path / "counter"), times=2)
    result = runner.run("aborts.py", source.replace("import multiprocessing\n", ""))
    assert "SIGABRT" in result.failure
    assert (tmp_path / "counter").read_text() == "x"
