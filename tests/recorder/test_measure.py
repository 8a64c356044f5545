"""What no check compares: a GPU's records, benchmarks, and what pages say of them."""

import re

import pytest

from recorder import lint, measure
from recorder.files import digest
from recorder.problems import Problem
from recorder.programs import Bench, OnGpu, Program, Record
from recorder.run import Runner

ASKS = 'print("CPU")\n'
PAGE = "# A page\n\n/// program | page/one\n///\n\n/// gpu | page/one\n///\n"


def record(project):
    """Write the record of page/one without running it."""
    program = Program(project.root, "page/one")
    program.write(Record(digest(program.source), {"Python": "3.11.7"}, "CPU", 0.0, "CPU\n"))


def complaints(project):
    return "\n".join(map(str, lint.lint(project.root)))


@pytest.fixture
def with_gpu_block(project):
    project.show("page/one", '"""One."""\n' + ASKS)
    project.write("docs/one.md", PAGE)
    record(project)
    return project


def write_gpu_record(project, output="GPU: 5 examples/s\n"):
    program = OnGpu(project.root, "page/one")
    record = Record(digest(program.source), {"Python": "3.11.7"}, "NVIDIA H200", 7.0, output)
    program.write(record)
    return program


def test_a_page_says_that_no_gpu_has_run_a_program(with_gpu_block):
    status, html = with_gpu_block.convert("docs/one.md")
    assert status == 0
    assert "No GPU has run one.py yet" in html
    assert "make record-gpu PAGE=one" in html
    assert complaints(with_gpu_block) == ""


def test_a_page_shows_what_a_gpu_printed_and_on_which(with_gpu_block):
    write_gpu_record(with_gpu_block)
    status, html = with_gpu_block.convert("docs/one.md")
    assert status == 0
    assert "GPU: 5 examples/s" in html
    assert "Ran in 7.0 s on NVIDIA H200 with Python 3.11.7." in html
    assert "No GPU" not in html
    assert complaints(with_gpu_block) == ""


def test_the_report_names_what_only_a_gpu_could_check(with_gpu_block):
    _, output = with_gpu_block.check()
    assert "page/one: no record yet" in output
    write_gpu_record(with_gpu_block)
    status, output = with_gpu_block.check()
    assert status == 0
    assert re.search(
        r"on a GPU: shown as recorded, not run here\W+page/one: recorded on NVIDIA", output
    )


def test_the_record_of_an_older_program_is_refused(with_gpu_block):
    write_gpu_record(with_gpu_block)
    with_gpu_block.edit("snippets/page/one.py", '"CPU"', '"no GPU"')
    record(with_gpu_block)
    output = complaints(with_gpu_block)
    assert "docs/one.md:6: snippets/page/one.py" in output
    assert "has changed since it was recorded" in output
    assert "make record-gpu PAGE=one, or remove the record" in output


def test_a_gpu_record_that_somebody_edited_is_refused(with_gpu_block):
    program = write_gpu_record(with_gpu_block)
    name = program.record_path.relative_to(with_gpu_block.root)
    with_gpu_block.edit(name, "5 examples", "9 examples")
    status, output = with_gpu_block.convert("docs/one.md")
    assert status != 0
    assert "not the one that was recorded" in output


def test_a_gpu_record_that_no_page_shows_is_refused(with_gpu_block):
    write_gpu_record(with_gpu_block)
    with_gpu_block.edit("docs/one.md", "/// gpu | page/one\n///\n", "")
    output = complaints(with_gpu_block)
    assert "snippets/page/one.gpu.out: a record without a program" in output


def test_a_gpu_block_needs_its_program_on_the_page(with_gpu_block):
    with_gpu_block.edit("docs/one.md", "/// gpu | page/one", "/// gpu | page/two")
    output = complaints(with_gpu_block)
    assert "docs/one.md:6: page/two is not shown on this page" in output


def test_a_gpu_record_keeps_the_figures_of_the_other_record(with_gpu_block):
    figure = with_gpu_block.write("snippets/page/one.svg", "<svg/>")
    write_gpu_record(with_gpu_block)
    assert figure.exists()


def test_recording_without_a_gpu_says_so_and_writes_nothing(with_gpu_block):
    status, output = with_gpu_block.run("recorder", "record_gpu", "--page", "one")
    assert status == 1
    assert "snippets/page/one.py: page/one did not use a GPU" in output
    assert not list(with_gpu_block.root.rglob("*.gpu.out"))


def test_recording_what_no_page_asks_for_says_so(project):
    project.show("page/one", '"""One."""\nprint(1)\n')
    with pytest.raises(Problem) as caught:
        measure.record_gpu(project.root, "one")
    output = str(caught.value)
    assert "docs/one.md: nothing to record on a GPU" in output


def test_programs_see_no_gpu_unless_it_is_for_a_gpu_record():
    source = "import os\n\nprint(repr(os.environ['CUDA_VISIBLE_DEVICES']))\n"
    with Runner() as runner:
        assert runner.run("ask.py", source).outputs == ["''\n"]
    with Runner(variables={"CUDA_VISIBLE_DEVICES": "0"}) as runner:
        assert runner.run("ask.py", source).outputs == ["'0'\n"]


@pytest.fixture
def with_bench(project):
    project.show("page/one", '"""One."""\nprint(1)\n')
    record(project)
    bench = '"""A benchmark."""\n\nPROGRAM = "page/one"\nprint("3 times torch")\n'
    project.write("tests/bench/speed.py", bench)
    project.edit("docs/one.md", "Text.", "Text.\n\n/// bench | speed\n///")
    return project


def test_a_page_with_a_benchmark_that_was_never_run_is_refused(with_bench):
    output = complaints(with_bench)
    assert "docs/one.md:5: tests/bench/speed.py: speed has no record" in output
    assert "make bench" in output


def test_a_benchmark_is_run_recorded_and_shown(with_bench):
    status, output = with_bench.run("recorder", "bench")
    assert (status, output) == (0, "3 times torch\n")
    assert complaints(with_bench) == ""
    status, html = with_bench.convert("docs/one.md")
    assert status == 0
    assert "3 times torch" in html
    assert "tests/bench/speed.py" in html


@pytest.mark.parametrize("name", ["tests/bench/speed.py", "snippets/page/one.py"])
def test_a_benchmark_of_something_older_is_refused(with_bench, name):
    measure.bench(with_bench.root)
    with_bench.edit(name, "print(", "print(0);print(")
    record(with_bench)
    output = complaints(with_bench)
    assert "speed has changed since it was recorded" in output
    assert Bench(with_bench.root, "speed").read().output == "3 times torch\n"


def test_a_benchmark_that_fails_keeps_the_old_record(with_bench):
    measure.bench(with_bench.root)
    with_bench.edit("tests/bench/speed.py", 'print("3 times torch")', "raise SystemExit(3)")
    with pytest.raises(Problem) as caught:
        measure.bench(with_bench.root)
    output = str(caught.value)
    assert "tests/bench/speed.py: the benchmark ended with status 3" in output
    assert Bench(with_bench.root, "speed").read().output == "3 times torch\n"


def test_a_benchmark_that_does_not_exist_is_told_from_those_that_do(with_bench):
    with pytest.raises(Problem) as caught:
        measure.bench(with_bench.root, "sped")
    output = str(caught.value)
    assert output.startswith("BENCH=sped: no such benchmark")
    assert "one of: speed" in output


@pytest.mark.parametrize(
    "command", ["python one.py", "python one.py --steps 3", "torchrun --nproc-per-node=2 one.py"]
)
def test_a_command_that_starts_a_program_of_the_page_is_allowed(with_bench, command):
    measure.bench(with_bench.root)
    with_bench.edit("docs/one.md", "Text.", f"Text.\n\n```sh\n{command}\n```")
    assert complaints(with_bench) == ""


@pytest.mark.parametrize("command", ["python two.py", "torchrun two.py", "python one.py; ls"])
def test_a_command_that_starts_something_else_is_refused(with_bench, command):
    measure.bench(with_bench.root)
    with_bench.edit("docs/one.md", "Text.", f"Text.\n\n```sh\n{command}\n```")
    output = complaints(with_bench)
    assert (
        f"docs/one.md:6: a command that {'starts' if ';' not in command else 'nothing'}" in output
    )
