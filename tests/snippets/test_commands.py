"""Each command line that a page prints is run as a reader runs it, beside the page's programs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from recorder.compare import compare
from recorder.lint import STARTS
from recorder.pages import Page
from recorder.programs import Program

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 120  # seconds
# So ended, once in many runs, a process that had used DistributedDataParallel and printed all that
# it had to: see ABORTED in recorder/run.py. The command is run once more; a second abort fails.
ABORTED = "terminate called without an active exception"


def commands():
    """Return (page, command) for each line of a `sh` fence that starts a program of its page."""
    found = []
    for path in sorted((ROOT / "docs").rglob("*.md")):
        page = Page.read(path, ROOT)
        lines = page.text.split("\n")
        for first, info in page.fences:
            end = next(n for n in range(first, len(lines)) if lines[n].startswith("```"))
            if info == "sh":
                found += [(page, n) for n in lines[first:end] if STARTS.fullmatch(n)]
    return found


COMMANDS = commands()


def pytest_generate_tests(metafunc):
    chosen = metafunc.config.getoption("--page")
    found = [(page, line) for page, line in COMMANDS if not chosen or page.id == chosen]
    names = [f"{page.id}: {command}" for page, command in found]
    if not found:
        none = pytest.mark.skip(reason=f"{chosen} prints no command")
        found, names = [pytest.param(None, None, marks=none)], ["none"]
    metafunc.parametrize(("page", "command"), found, ids=names)


def start(command, folder):
    """Run a command as a reader does who is in that folder."""
    tools = Path(sys.executable).parent  # where `python` and `torchrun` are
    return subprocess.run(
        command.split(),
        cwd=folder,
        env={
            "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(folder),
            "OMP_NUM_THREADS": "1",
            "CUDA_VISIBLE_DEVICES": "",
        },
        capture_output=True,
        text=True,
        timeout=LIMIT,
        check=False,
    )


def test_a_command_line_works_as_printed(page, command, tmp_path):
    for block in page.blocks:
        shutil.copy(ROOT / "snippets" / f"{block.name}.py", tmp_path)
    done = start(command, tmp_path)
    if ABORTED in done.stderr:
        done = start(command, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()
    assert done.stderr == ""
    program, arguments = STARTS.fullmatch(command).groups()
    if not arguments:  # then it prints what the page shows, in however many processes
        block = next(block for block in page.blocks if block.name.endswith(f"/{program}"))
        assert compare(Program(ROOT, block.name).read().output, done.stdout) is None
