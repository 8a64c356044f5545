"""A reader's machine is another one: its vector instructions round otherwise.

Programs run once more with the instructions of an old processor: all of a page when its tests
run, all of all pages in the long tests, and in make test one of each page, the longest of those
that take no half second. A record that holds only on the machine that made it is of no use to a
reader; training at a rate at the edge of stability is the usual reason.
"""

import os
import platform
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from recorder import run
from recorder.labs import all_labs
from recorder.pages import names_on
from recorder.programs import all_programs

ROOT = Path(__file__).resolve().parents[2]
OLD_PROCESSOR = {
    "ATEN_CPU_CAPABILITY": "default",
    "MKL_CBWR": "COMPATIBLE",
    "ONEDNN_MAX_CPU_ISA": "SSE41",
    "NPY_DISABLE_CPU_FEATURES": "AVX512F AVX512CD AVX512_SKX AVX2 FMA3",
}
THINGS = {thing.name: thing for thing in [*all_programs(ROOT).values(), *all_labs(ROOT)]}
LONG = 0.5  # seconds of a program that make test leaves to make test-long and to its page's test


def one_of_each_page():
    """Return for each folder of programs the longest that takes no more than LONG."""
    longest = {}
    for name, thing in THINGS.items():
        seconds, folder = thing.read().seconds, name.partition("/")[0]
        if seconds <= LONG:
            longest[folder] = max(longest.get(folder, (0, name)), (seconds, name))
    return [name for _, name in longest.values()]


def pytest_generate_tests(metafunc):
    """Choose the programs: all of one page, all of all pages, or one of each."""
    if "name" not in metafunc.fixturenames:
        return
    page, left = metafunc.config.getoption("--page"), []
    if page:
        ours = names_on(ROOT, page)
        chosen = [name for name in THINGS if name in ours]
    elif os.environ.get("TESTS") == "long":
        chosen = list(THINGS)
    else:
        chosen = one_of_each_page()
        reason = f"{len(THINGS) - len(chosen)} more: make test-long and make test PAGE= run them"
        left = [pytest.param(None, marks=pytest.mark.skip(reason=reason), id="all_others")]
    metafunc.parametrize("name", chosen + left)


@pytest.fixture(scope="module")
def runs(request):
    """Start the runs that are asked for; return {name: Future of a Result}."""
    tests = [item for item in request.session.items if item.fspath == request.fspath]
    names = {
        item.callspec.params["name"]
        for item in tests
        if hasattr(item, "callspec") and not item.get_closest_marker("skip")
    }
    variables = OLD_PROCESSOR if platform.machine() in ("x86_64", "AMD64") else {}
    preload = run.to_preload(THINGS[name].source for name in names)
    with (
        run.Runner(preload, variables=variables) as runner,
        ThreadPoolExecutor(run.cores()) as pool,
    ):
        yield {
            name: pool.submit(runner.run, thing.path.name, thing.source, thing.cells)
            for name, thing in THINGS.items()
            if name in names
        }


def test_a_record_holds_on_an_old_processor(runs, name):
    result = runs[name].result()
    assert not result.failure
    differences = THINGS[name].differences(THINGS[name].read(), result)
    assert [str(difference) for difference in differences] == []


@pytest.mark.skipif(  # elsewhere the instructions cannot be chosen: the test above is a second run
    platform.machine() not in ("x86_64", "AMD64"), reason="only x86 can run as an older processor"
)
def test_the_old_processor_is_really_asked_for():
    source = "import torch\n\nprint(torch.backends.cpu.get_cpu_capability())\n"
    with run.Runner(["torch"], variables=OLD_PROCESSOR) as runner:
        assert runner.run("ask.py", source).outputs == ["DEFAULT\n"]
