"""Time the check against other ways to run the same blocks; put the table into the README.

    python -m tests.bench_check 40        or make bench BLOCKS=40

The blocks are the project's own programs, repeated in turn until there are as many as asked
for. All ways run one after the other, in one go, on the same machine, with one thread a process.
"""

import itertools
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

from recorder.programs import all_programs

ROOT = Path(__file__).resolve().parent.parent
START, END = "<!-- bench -->\n", "<!-- end of bench -->"
ENVIRONMENT = os.environ | {"OMP_NUM_THREADS": "1", "MPLBACKEND": "agg", "PYTHONPATH": str(ROOT)}


def choose(count):
    """Return `count` pairs (name, Program), all programs in turn."""
    programs = itertools.cycle(all_programs(ROOT).values())
    return [(f"block_{n:03d}", next(programs)) for n in range(count)]


def new_interpreters(blocks, folder):
    """Start Python for each block."""
    for name, program in blocks:
        (folder / f"{name}.py").write_text(program.source, "utf8")
    yield
    return [_run([sys.executable, f"{name}.py"], folder).returncode for name, _ in blocks].count(0)


def check(blocks, folder):
    """The check of this project, on pages that name copies of the programs and records."""
    (folder / "docs").mkdir()
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, program in blocks:
        target = folder / "snippets" / "bench" / f"{name}.py"
        target.parent.mkdir(parents=True, exist_ok=True)
        for path in [program.path, program.record_path, *program.figures_on_disk()]:
            shutil.copy(path, target.with_name(path.name.replace(program.path.stem, name, 1)))
        page = f"# A page\n\n/// program | bench/{name}\nA figure.\n///\n"
        (folder / "docs" / f"{name}.md").write_text(page, "utf8")
    yield
    return _passed(_run([sys.executable, "-m", "pytest", "-q", "docs"], folder))


def markdown_docs(blocks, folder):
    """pytest-markdown-docs as it comes: all blocks in one process, one after the other."""
    _bare(folder)
    for name, program in blocks:
        page = f"# A page\n\n```python\n{program.source}```\n"
        (folder / f"{name}.md").write_text(page, "utf8")
    yield
    return _passed(_run([sys.executable, "-m", "pytest", "-q", "--markdown-docs"], folder))


def notebooks(blocks, folder):
    """nbmake: a notebook and a kernel for each block."""
    _bare(folder)
    for name, program in blocks:
        cell = nbformat.v4.new_code_cell(program.source)
        notebook = nbformat.v4.new_notebook(cells=[cell])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
        nbformat.write(notebook, folder / f"{name}.ipynb")
    yield
    return _passed(_run([sys.executable, "-m", "pytest", "-q", "--nbmake"], folder))


WAYS = (  # what, how, alone?, compared?, times
    ("a new interpreter for each", new_interpreters, "yes", "no", 1),
    ("the check, `make test`", check, "yes", "yes", 3),
    ("pytest-markdown-docs as it comes", markdown_docs, "no", "no", 3),
    ("nbmake, a notebook for each", notebooks, "yes", "no", 1),
)


def _bare(folder):
    """Keep this project's pytest settings away."""
    (folder / "pytest.ini").write_text("[pytest]\naddopts = -p no:cacheprovider\n", "utf8")


def _run(command, folder):
    return subprocess.run(
        command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )


def _passed(done):
    found = re.search(r"(\d+) passed", done.stdout)
    return int(found[1]) if found else 0


def measure(way, blocks):
    """Return the seconds that a way takes, and how many blocks passed."""
    with tempfile.TemporaryDirectory() as folder:
        steps = way(blocks, Path(folder))
        next(steps)  # preparation is not timed
        start = time.perf_counter()
        try:
            next(steps)
        except StopIteration as end:
            return time.perf_counter() - start, end.value


def median(way, blocks, times):
    """Measure a way some times; return the seconds in the middle, and the fewest that passed."""
    seconds, passed = zip(*(measure(way, blocks) for _ in range(times)), strict=True)
    return statistics.median(seconds), min(passed)


def table(count):
    """Return the table, as Markdown."""
    blocks = choose(count)
    distinct = len({program.name for _, program in blocks})
    lines = ["| way | seconds | against the check | alone | compared | passed |"]
    lines.append("| --- | ---: | ---: | --- | --- | ---: |")
    results = [(*way, *median(way[1], blocks, times)) for *way, times in WAYS]
    ours = next(seconds for _, way, _, _, seconds, _ in results if way is check)
    for name, _, alone, compared, seconds, passed in results:
        ratio = f"{seconds / ours:.1f} ×"
        lines.append(f"| {name} | {seconds:.1f} | {ratio} | {alone} | {compared} | {passed} |")
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    lines.append("")
    lines.append(
        f"{count} blocks ({distinct} programs, in turn), one run, {machine}, Python "
        f"{platform.python_version()}. The check runs as many blocks at a time as there are "
        "cores; the other ways run one at a time, as they do unless told otherwise. Of the two "
        "quick ways, the median of three. Blocks that fail without isolation fail over what an "
        "earlier block has left behind."
    )
    return "\n".join(lines)


def main(count):
    """Measure, print the table, and put it into the README."""
    made = table(count)
    print(made)
    readme = ROOT / "README.md"
    text = readme.read_text("utf8")
    if START not in text or END not in text:
        sys.exit(f"README.md: expected the lines {START.strip()} and {END} around the table")
    before, rest = text.split(START)
    readme.write_text(f"{before}{START}\n{made}\n\n{END}{rest.split(END)[1]}", "utf8")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
