"""`make serve`: it says where, follows edits, survives mistakes, and ends quietly."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from recorder.site import Edits, build, refresh

URL = "http://127.0.0.1:8000/"
ROOT = Path(__file__).resolve().parents[2]


def free_port():
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return attempt.getsockname()[1]


def until(condition, what):
    """Wait until a condition holds, for 30 seconds at most."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


def test_serve_follows_edits_survives_mistakes_and_ends_quietly(copy):
    port, log = free_port(), copy / "serve.log"
    with log.open("w") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "recorder", "serve", "--port", str(port)],
            cwd=copy,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    def page():
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/checks/") as answer:
            return answer.read().decode("utf8")

    try:
        said = f"Serving http://127.0.0.1:{port}/ (Ctrl+C ends it)\n"
        until(lambda: log.read_text("utf8"), "it says where it serves")
        assert log.read_text("utf8") == said
        until(lambda: _answers(page), "it serves")
        assert "livereload" in page()
        assert "Content-Security-Policy" not in page()  # it would forbid that script

        source = copy / "docs/checks.md"
        text = source.read_text("utf8")
        source.write_text(text.replace("# How every block", "# How each block", 1), "utf8")
        until(lambda: "How each block" in page(), "an edit shows")
        source.write_text(text + "\n```python\n1\n```\n", "utf8")
        until(lambda: "a fence typed by hand" in log.read_text("utf8"), "a mistake is told")
        assert "Traceback" not in log.read_text("utf8")
        source.write_text(text.replace("# How every block", "# How any block", 1), "utf8")
        until(lambda: "How any block" in page(), "a mended page shows")
        source.write_text(text.replace("\n## ", "\nA new sentence.\n\n## ", 1), "utf8")
        until(lambda: "A new sentence" in page(), "a page that is built alone shows")
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
    assert "Traceback" not in log.read_text("utf8")


def _answers(page):
    try:
        return bool(page())
    except OSError:
        return False


def test_a_port_in_use_is_one_clear_message():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "recorder", "serve", "--port", str(port)],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"PORT={port}: something else listens there")
    assert f"make serve PORT={port + 1}" in done.stderr


FEED = re.compile(r'<link rel="alternate"[^>]*>')
SHEET = re.compile(r"(stylesheets/\w+)\.\w+\.min\.css")


def plain(site, page):
    """Return a page without the feed's name, and with style sheets by their first names."""
    text = (site / page / "index.html").read_text("utf8")
    return SHEET.sub(r"\1", FEED.sub("", text))


def test_a_page_built_again_alone_is_that_of_a_whole_build(copy, tmp_path, monkeypatch):
    monkeypatch.chdir(copy)
    site, whole = tmp_path / "site", tmp_path / "whole"
    build(copy, site, site_url=URL, strict=False)
    others = {path: path.read_bytes() for path in site.rglob("*.*") if path.suffix != ".css"}
    source = copy / "docs/layers/batch-norm.md"
    text = source.read_text("utf8")
    edits = Edits(copy)
    assert edits.pages_to_build() == []
    source.write_text(text.replace("\n## ", "\nAn **edit**: $x^2$.\n\n## ", 1), "utf8")
    pages = edits.pages_to_build()
    assert [page.id for page in pages] == ["layers/batch-norm"]
    refresh(copy, site, pages, site_url=URL)
    build(copy, whole, site_url=URL, strict=False)
    assert "An <strong>edit</strong>" in plain(site, "layers/batch-norm")
    assert plain(site, "layers/batch-norm") == plain(whole, "layers/batch-norm")
    changed = [path for path, content in others.items() if path.read_bytes() != content]
    assert changed == [site / "layers/batch-norm/index.html"]


@pytest.mark.parametrize(
    ("name", "old", "new", "pages"),
    [
        ("docs/checks.md", "\n## ", "\nA text.\n\n## ", ["checks"]),
        ("docs/checks.md", "# How every block", "# How any block", None),
        ("docs/layers/batch-norm.md", "{#sources}", "{#papers}", None),
        ("docs/layers/batch-norm.md", "[@ioffe-2015]", "They", None),
        ("snippets/batch_norm/two_moments.py", "rng", "draw", ["layers/batch-norm"]),
        ("terms.yml", "\n  is: ", "\n  is: So ", None),
        ("mkdocs.yml", "nav:", "nav: ", None),
    ],
)
def test_an_edit_touches_a_page_or_all(copy, name, old, new, pages):
    edits = Edits(copy)
    path = copy / name
    text = path.read_text("utf8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf8")
    found = edits.pages_to_build()
    assert (found and [page.id for page in found]) == pages
    assert edits.pages_to_build() == found, "until it is done"
    edits.done()
    assert edits.pages_to_build() == []
