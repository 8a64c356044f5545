"""`make serve`: it says where, follows edits, survives mistakes, and ends quietly."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

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
