"""The built site as files: what it holds, how heavy it is, and what stops a build."""

import dataclasses
import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest

from recorder.files import digest
from recorder.labs import Lab

ROOT = Path(__file__).resolve().parents[2]


def test_every_code_block_of_the_site_is_a_programs(site):
    for path in site.rglob("*.html"):
        page = path.read_text("utf8")
        article = page[page.find("<article") : page.rfind("</article>")]
        pieces = re.findall(r"<pre[^>]*>.{0,60}", article, re.DOTALL)
        shown = article.count('class="highlight') + article.count('class="output"')
        assert len(pieces) == shown, path


def test_pages_are_kilobytes(site):
    for path in site.rglob("*.html"):
        assert len(gzip.compress(path.read_bytes())) < 60_000, path


def test_a_lab_carries_no_style_or_script_of_its_own(site):
    for path in site.glob("labs/*/index.html"):
        page = path.read_text("utf8")
        article = page[page.find("<article") : page.rfind("</article>")]
        assert "<style" not in article
        assert "<script" not in article
        assert "jp-" not in article


def test_nothing_of_the_site_names_another_host_to_load_from(site):
    loads = re.compile(
        r"""(?:src|srcset|poster)=["']?(?:https?:)?//|@import|url\(["']?(?:https?:)?//"""
    )
    for path in [*site.rglob("*.html"), *site.rglob("*.css")]:
        found = loads.search(path.read_text("utf8"))
        assert found is None, f"{path}: {found and found[0]}"


def build(root):
    command = [sys.executable, "-m", "recorder", "build"]
    done = subprocess.run(
        command, cwd=root, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


BATCH_NORM = "docs/layers/batch-norm.md"
# name: (file, text in it, what it becomes, where the message says it is, what it says)
SPOILED = {
    "changed program": (
        "snippets/batch_norm/batch_norm.py",
        "rng = ",
        "other = 1\nrng = ",
        (BATCH_NORM, "/// program | batch_norm/batch_norm\n"),
        "batch_norm/batch_norm has changed since it was recorded",
    ),
    "unknown program": (
        BATCH_NORM,
        "batch_norm/frozen",
        "batch_norm/freezer",
        (BATCH_NORM, "batch_norm/freezer"),
        "no program batch_norm/freezer",
    ),
    "tex": (
        BATCH_NORM,
        r"r \leftarrow",
        r"r \lefttarrow",
        (BATCH_NORM, r"r \lefttarrow"),
        "this formula is no TeX",
    ),
    "link": (
        "docs/index.md",
        "(checks.md)",
        "(cheques.md)",
        ("docs/index.md", "(cheques.md)"),
        "a broken link",
    ),
    "typed output": (
        "docs/index.md",
        "## For whom",
        "```text\naccuracy 0.50\n```\n\n## For whom",
        ("docs/index.md", "```text"),
        "a fence typed by hand",
    ),
    "nav": (
        "mkdocs.yml",
        "checks.md",
        "cheques.md",
        ("mkdocs.yml", None),
        "MkDocs did not build the site",
    ),
}


@pytest.mark.parametrize("name", SPOILED)
def test_a_spoiled_project_is_not_built_and_told_with_its_line(copy, name):
    path, old, new, (page, at), words = SPOILED[name]
    text = (copy / path).read_text("utf8")
    assert old in text
    (copy / path).write_text(text.replace(old, new, 1), "utf8")
    status, output = build(copy)
    assert status != 0
    text = (copy / page).read_text("utf8")
    place = f"{page}:{text[: text.index(at)].count(chr(10)) + 1}:" if at else f"{page}:"
    assert any(line.startswith(place) and words in line for line in output.splitlines()), output
    assert "Traceback" not in output


def test_a_formula_of_a_lab_that_is_no_tex_is_told_with_its_line(copy):
    path = copy / "docs/labs/batch-norm-on-digits.py"
    record = Lab(copy, path).read()
    text = path.read_text("utf8")
    assert "$x' = (x - m) / s$" in text
    text = text.replace("$x' = (x - m) / s$", "$x' = \\nosuch$")
    path.write_text(text, "utf8")
    Lab(copy, path).write(dataclasses.replace(record, program=digest(text)))
    status, output = build(copy)
    line = text[: text.index("\\nosuch")].count("\n") + 1
    assert status != 0
    assert f"docs/labs/batch-norm-on-digits.py:{line}: this formula is no TeX" in output


def test_a_forged_notebook_is_not_built(copy):
    path = copy / "docs/labs/batch-norm-on-digits.ipynb"
    for old, new in (("handwritten digits", "forged digits"), ("0.94", "0.99")):
        text = path.read_text("utf8")
        assert old in text
        path.write_text(text.replace(old, new), "utf8")
        status, output = build(copy)
        assert status != 0
        assert "this notebook is not the one that was recorded: edited by hand?" in output
        path.write_text(text, "utf8")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('Text <a href="none.md">link</a>.\n', "a broken link\n  got:      none.md"),
        ("[text](labs/batch-norm-on-digits.ipynb#none)\n", "#none"),
    ],
)
def test_a_link_that_only_the_built_page_shows_to_be_broken_is_told(copy, text, words):
    with (copy / "docs/checks.md").open("a") as page:
        page.write(f"\n{text}")
    status, output = build(copy)
    assert status != 0
    assert words in output


def test_a_build_says_one_line(copy):
    status, output = build(copy)
    assert (status, output) == (0, "Built site/\n")


def test_a_build_needs_no_torch(copy):
    code = (
        "import sys; sys.modules['torch'] = sys.modules['numpy'] = None; "
        "sys.modules['matplotlib'] = None; import recorder.site, recorder.lint; "
        "recorder.site.build(__import__('pathlib').Path.cwd(), "
        "__import__('pathlib').Path(sys.argv[1]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "site"],
        cwd=copy,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
