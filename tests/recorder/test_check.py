"""Sabotage: each of these has to be caught, told with place, expected, got, and what to do.

All sabotaged pages are checked in one run; each test reads what that run said of its page.
"""

import re

import pytest

from recorder.plugin import company

GOOD = """\
\"\"\"Print a few things.\"\"\"

print("shape (64, 3)")
print(f"loss {1 / 3:.2f}")
print("done")
"""
FIGURE = """\
\"\"\"Draw a line.\"\"\"

import matplotlib.pyplot as plt

plt.plot([1, 2, 3], [2.0, 4.0, 6.0], label="measured")
plt.xlabel("step")
plt.legend()
plt.show()
"""
MEND = "make record PAGE={page}"

# page: (what becomes of its program, what the message has to hold)
NEW_SOURCE = {
    "raises": (GOOD + "raise RuntimeError('no luck')\n", ["raises.py:6: RuntimeError: no luck"]),
    "does_not_parse": (GOOD + "x = (\n", ["does_not_parse.py:6: SyntaxError"]),
    "hangs": (GOOD + "while True:\n    pass\n", ["still running after 2 s: it was ended"]),
    "warns": (GOOD + "import warnings\nwarnings.warn('careful')\n", ["stderr", "careful"]),
    "is_deprecated": (
        GOOD + "import warnings\nwarnings.warn('old', DeprecationWarning)\n",
        ["is_deprecated.py:7: DeprecationWarning: old"],
    ),
    "leaves_a_process": (
        GOOD + "import subprocess\nsubprocess.Popen(['sleep', '7213'])\n",
        ["left processes running"],
    ),
    "prints_a_megabyte": (GOOD + "print('x' * 10**6)\n", ["printed 1,000,0", "65,536"]),
    "is_not_utf8": (
        GOOD + "import sys\nsys.stdout.flush()\nsys.stdout.buffer.write(b'\\xff')\n",
        ["not UTF-8"],
    ),
    "crashes": (GOOD + "import os\nos.abort()\n", ["killed by SIGABRT"]),
    "gives_up": (GOOD + "raise SystemExit(3)\n", ["SystemExit: 3"]),
    "reads_a_neighbor": (GOOD + "open('note.txt')\n", ["FileNotFoundError"]),
    "imports_the_project": (GOOD + "import recorder\n", ["No module named 'recorder'"]),
    "is_stale": (GOOD + "# a remark\n", ["has changed since it was recorded", MEND]),
}
NEW_RECORD = {
    "wrong_digit": ("0.33", "0.35", ["line 2", "expected: loss 0.35", "got:      loss 0.33"]),
    "wrong_word": ("done", "over", ["line 3", "the words differ", "expected: over"]),
    "wrong_shape": ("(64, 3)", "(3, 64)", ["line 1", "integers have to be the same"]),
    "missing_line": ("done\n", "done\nmore\n", ["line 4", "a line is missing"]),
    "extra_line": ("done\n", "", ["line 3", "there is an extra line", "got:      done"]),
    "nan_for_a_number": ("0.33", "nan", ["line 2", "expected: loss nan"]),
}
DAMAGED_RECORD = {
    "no_header": ("-" * 24, "", ["this is no record"]),
    "conflict": ("program ", "<<<<<<< HEAD\nprogram ", ["this is no record"]),
    "typed_by_hand": ("0.33", "0.34", ["this output is not the one that was recorded"]),
}
FIGURES = ("other_figure", "edited_figure", "missing_figure", "figure_no_more")
BLOCK = "/// program | {name}\n///\n"
TYPED = '```python\nprint("typed")\n```\n'
NEW_PAGE = {
    "typed_fence": (TYPED, 5, "typed by hand"),
    "typed_fence_in_a_tab": (
        '=== "Tab"\n\n    ```python\n    print("typed")\n    ```\n',
        7,
        "typed by hand",
    ),
    "typed_fence_in_an_admonition": (
        '!!! note\n    ```py\n    print("typed")\n    ```\n',
        6,
        "typed by hand",
    ),
    "unknown_name": (BLOCK.format(name="bad/wrong_digits"), 5, "did you mean bad/wrong_digit?"),
    "never_closed": ("/// program | bad/never_closed\n", 5, "never closed"),
    "malformed_name": ("/// program | Bad Name\n///\n", 5, "expected /// program | page/example"),
}


@pytest.fixture(scope="module")
def report(module_project):
    """Return what one check says of each sabotaged page, {page: text}."""
    project = module_project
    for name in ("fine", "unrecorded", *NEW_SOURCE, *NEW_RECORD, *DAMAGED_RECORD):
        project.show(f"bad/{name}", GOOD)
    for name in FIGURES:
        project.show(f"bad/{name}", FIGURE, "A rising line.")
    status, output = project.record()
    assert status == 0, output

    for name, (source, _) in NEW_SOURCE.items():
        project.write(f"snippets/bad/{name}.py", source)
    for name, (old, new, _) in NEW_RECORD.items():
        project.edit_record(f"bad/{name}", old, new)
    for name, (old, new, _) in DAMAGED_RECORD.items():
        project.edit(f"snippets/bad/{name}.out", old, new)
    (project.root / "snippets/bad/unrecorded.out").unlink()
    (project.root / "snippets/bad/missing_figure.svg").unlink()
    project.edit("snippets/bad/edited_figure.svg", "<defs>", "<defs> ")
    for name, source in {
        "other_figure": FIGURE.replace("6.0", "6.1"),
        "figure_no_more": '"""Draw nothing."""\n\nimport matplotlib\n',
    }.items():
        project.write(f"snippets/bad/{name}.py", source)
    for name, (text, _, _) in NEW_PAGE.items():
        project.write(f"docs/{name}.md", f"# A page\n\nText.\n\n{text}")

    status, output = project.check("--block-limit=2")
    assert status == 1, output
    failures = re.split(r"\n_{9,} .* _{9,}\n", output.partition("= short test summary")[0])[1:]
    return {re.match(r"docs/(\w+)\.md", text)[1]: text for text in failures}


def test_a_page_that_is_right_passes(report):
    assert "fine" not in report


@pytest.mark.parametrize("page", NEW_SOURCE)
def test_a_bad_program_is_caught(report, page):
    assert f"docs/{page}.md:5: " in report[page]
    for words in NEW_SOURCE[page][1]:
        assert words.format(page=page) in report[page]


@pytest.mark.parametrize("page", [*NEW_RECORD, *DAMAGED_RECORD])
def test_a_bad_record_is_caught(report, page):
    assert f"docs/{page}.md:5: snippets/bad/{page}.out" in report[page]
    for words in [*(NEW_RECORD | DAMAGED_RECORD)[page][2], MEND]:
        assert words.format(page=page) in report[page]


@pytest.mark.parametrize("page", NEW_PAGE)
def test_a_bad_page_is_caught(report, page):
    _, line, words = NEW_PAGE[page]
    assert f"docs/{page}.md:{line}: " in report[page]
    assert words in report[page]


def test_a_missing_record_is_caught(report):
    assert "docs/unrecorded.md:5: " in report["unrecorded"]
    assert "expected: a file snippets/bad/unrecorded.out" in report["unrecorded"]
    assert MEND.format(page="unrecorded") in report["unrecorded"]


def test_a_figure_that_draws_something_else_is_caught(report):
    assert "figure 1 of bad/other_figure draws something else" in report["other_figure"]


def test_a_figure_that_is_not_the_recorded_one_is_caught(report):
    assert "is not the one that was recorded" in report["edited_figure"]


def test_a_missing_figure_is_caught(report):
    assert "expected: a file snippets/bad/missing_figure.svg" in report["missing_figure"]


def test_a_figure_that_is_no_longer_drawn_is_caught(report):
    assert "another number of figures" in report["figure_no_more"]


def test_a_program_and_a_page_that_are_not_utf8_are_told_with_their_lines(project):
    project.show("bad/fine", GOOD)
    project.record()
    project.show("bad/latin", GOOD)
    project.write("snippets/bad/latin.py", GOOD.encode() + b"# \xe9\n")
    status, output = project.check()
    assert status == 1
    assert "docs/latin.md:5: snippets/bad/latin.py:6: this file is not UTF-8" in output
    project.write("docs/page.md", b"# A\n\n\xe9\n")
    status, output = project.check()
    assert "docs/page.md:3: this file is not UTF-8" in output
    assert "Traceback" not in output
    status, output = project.lint()
    assert "docs/page.md:3: this file is not UTF-8" in output
    assert "snippets/bad/latin.py:6: this file is not UTF-8" in output
    assert "Traceback" not in output


LEAK = """\
\"\"\"Change everything that a next program could notice.\"\"\"

import builtins
import decimal
import os
import random
import sys

os.environ["LEAK"] = "yes"
builtins.leak = "yes"
decimal.getcontext().prec = 3
sys.argv.append("yes")
sys.modules["leak"] = sys
random.seed(0)
open("leak.txt", "w").write("yes")
print("leaked")
"""
NOTICE = """\
\"\"\"Say what is noticed of another program.\"\"\"

import builtins
import decimal
import os
import sys

print("name", __name__)
print("environment", os.environ.get("LEAK"))
print("builtins", hasattr(builtins, "leak"))
print("precision", decimal.getcontext().prec)
print("arguments", len(sys.argv) - 1)
print("modules", "leak" in sys.modules)
print("files", os.listdir())
"""


def test_nothing_leaks_from_one_program_to_the_next(project):
    for name, source in {"a_leak": LEAK, "b_notice": NOTICE, "c_leak": LEAK}.items():
        project.show(f"bad/{name}", source)
    status, output = project.record()
    assert status == 0, output
    seen = (project.root / "snippets/bad/b_notice.out").read_text("utf8").partition("-\n")[2]
    assert seen.splitlines() == [
        "name __main__",
        "environment None",
        "builtins False",
        "precision 28",
        "arguments 0",
        "modules False",
        "files []",
    ]


def test_torch_settings_do_not_leak_either(project):
    setting = "import torch\n\ntorch.set_default_dtype(torch.float64)\ntorch.manual_seed(1)\n"
    asking = "import torch\n\nprint(torch.get_default_dtype(), torch.initial_seed() == 1)\n"
    project.show("bad/a_set", f'"""Set."""\n\n{setting}print(torch.rand(1).item())\n')
    project.show("bad/b_ask", f'"""Ask."""\n\n{asking}')
    status, output = project.record()
    assert status == 0, output
    seen = (project.root / "snippets/bad/b_ask.out").read_text("utf8")
    assert seen.endswith("-\ntorch.float32 False\n")


@pytest.mark.parametrize(
    "how",
    [
        "import multiprocessing",
        "from importlib import import_module\nmultiprocessing = import_module('multiprocessing')",
    ],
)
def test_a_program_that_starts_processes_and_waits_gets_an_interpreter_of_its_own(project, how):
    source = """\
\"\"\"Add in another process.\"\"\"

HOW


def double(x):
    return 2 * x


if __name__ == "__main__":
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        print(pool.map(double, [1, 2]))
"""
    project.show("bad/pool", source.replace("HOW", how))
    status, output = project.record()
    assert status == 0, output
    assert "[2, 4]" in (project.root / "snippets/bad/pool.out").read_text("utf8")


def test_a_record_of_another_device_is_compared_by_its_words_and_this_is_said(project):
    project.show("bad/fine", GOOD)
    project.record()
    project.edit("snippets/bad/fine.out", "device       CPU", "device       NVIDIA H200")
    project.edit_record("bad/fine", "0.33", "0.77")
    status, output = project.check()
    assert status == 0, output
    assert "numbers not compared" in output
    assert "bad/fine (recorded on NVIDIA H200)" in output
    project.edit_record("bad/fine", "done", "over")
    assert project.check()[0] == 1


@pytest.mark.parametrize(
    ("test", "group"),
    [
        ("docs/layers/dropout.md::dropout/in_place", "blocks"),
        ("docs/labs/one.py::lab", "blocks"),
        ("tests/site/test_browser.py::test_links[layers/dropout]", "layers/dropout"),
        ("tests/site/test_browser.py::test_look[layers/dropout-3d-390-dark]", "layers/dropout-3d"),
        ("tests/site/test_browser.py::test_look[labs/one-390-dark]", "labs/one"),
        ("tests/site/test_browser.py::test_palette", "tests/site/test_browser.py"),
        ("tests/layers/test_dropout.py::test_in_place[1.5]", "tests/layers/test_dropout.py"),
    ],
)
def test_what_shares_something_runs_in_one_process(test, group):
    assert company(test, ["labs/one", "layers/dropout", "layers/dropout-3d"]) == group
