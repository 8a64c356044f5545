"""What no check can compare, because it is time: records made on a GPU, and benchmarks."""

import os
import subprocess
import sys
import time

from recorder.files import digest
from recorder.pages import Page
from recorder.problems import Problem, Problems
from recorder.programs import Bench, OnGpu, Record
from recorder.run import Runner, to_preload, versions

GPU_LIMIT = 600  # seconds for one program: it compiles, and measures more than once
THREADS = "2"  # that a benchmark may use


def on_gpu(root, page=""):
    """Return the programs of which a page shows, or wants to show, what they print on a GPU."""
    names = {}
    for path in sorted((root / "docs").rglob("*.md")):
        found = Page.read(path, root)
        if not page or found.id == page:
            names |= {block.name: OnGpu(root, block.name) for block in found.gpu}
    return list(names.values())


def record_gpu(root, page=""):
    """Run programs on this machine's GPU and write what they print there."""
    programs = on_gpu(root, page)
    if not programs:
        where = f"docs/{page}.md" if page else "docs/"
        raise Problem(
            where, "nothing to record on a GPU", "/// gpu | page/example", "no such block"
        )
    visible = {"CUDA_VISIBLE_DEVICES": os.environ.get("CUDA_VISIBLE_DEVICES", "0")}
    preload = to_preload(program.source for program in programs)
    problems = []
    with Runner(preload, GPU_LIMIT, visible) as runner:
        for program in programs:
            try:
                _record(program, runner.run(program.path.name, program.source))
            except Problem as problem:
                problems.append(problem)
    if problems:
        raise Problems(problems)


def _record(program, result):
    """Write the record of a run on a GPU, and say so; raise a Problem if it was none."""
    if result.failure:
        at = f"{program.where}:{result.line}" if result.line else program.where
        raise Problem(at, f"{program.name} does not run", got=result.failure)
    if result.device == "CPU":
        what = f"{program.name} did not use a GPU"
        raise Problem(program.where, what, "a GPU, and a torch that knows it", "the CPU")
    if any(result.figures):
        what = f"{program.name} draws, and a GPU's record keeps no figure"
        raise Problem(program.where, what, mend="draw on the CPU alone")
    program.write(program.record_of(result))
    print(f"recorded on {result.device}: {program.record_path.relative_to(program.root)}")


def bench(root, name=""):
    """Run one benchmark, or all, and write what each printed."""
    known = sorted(path.stem for path in (root / "tests" / "bench").glob("[a-z]*.py"))
    if name and name not in known:
        raise Problem(f"BENCH={name}", "no such benchmark", "one of: " + ", ".join(known), name)
    for found in [name] if name else known:
        _bench(Bench(root, found))


def _bench(benchmark):
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", f"tests.bench.{benchmark.name}"],
        cwd=benchmark.root,
        env=os.environ | {"OMP_NUM_THREADS": THREADS, "MKL_NUM_THREADS": THREADS},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        what = f"the benchmark ended with status {done.returncode}: what it said stands above"
        raise Problem(benchmark.where, what)
    print(done.stdout, end="", flush=True)
    source = benchmark.source
    benchmark.write(Record(digest(source), versions(source), "CPU", seconds, done.stdout))
