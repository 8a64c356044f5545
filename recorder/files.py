"""Read and write files so that nothing is misread, lost or half written."""

import hashlib
import os
import signal
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path

from recorder.problems import Problem


def read_text(path, root):
    """Return the text of a file; raise a Problem if it is not UTF-8."""
    try:
        return path.read_bytes().decode("utf8")
    except UnicodeDecodeError as error:
        where = path.relative_to(root).as_posix()
        line = error.object[: error.start].count(b"\n") + 1
        raise Problem(
            f"{where}:{line}", "this file is not UTF-8", mend="save it as UTF-8"
        ) from None


def digest(text):
    """Return a short fingerprint of a text."""
    return hashlib.sha256(text.encode("utf8")).hexdigest()[:16]


def write_together(files, remove=()):
    """Replace several files, {path: text}: each is whole at every moment, and a signal waits.

    remove: files that go at the same time.
    """
    with _signals_wait():
        prepared = []
        try:
            for path, text in files.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=".recording-")
                prepared.append((name, path))
                with os.fdopen(handle, "w", encoding="utf8", newline="\n") as file:
                    file.write(text)
                Path(name).chmod(0o644)
            for name, path in prepared:
                Path(name).replace(path)
            for path in remove:
                path.unlink()
        finally:
            for name, _ in prepared:
                Path(name).unlink(missing_ok=True)


@contextmanager
def _signals_wait():
    """Put off SIGINT and SIGTERM until the block is done.

    A mask would not do: another thread would take the signal, and this one be interrupted.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived, before = [], {}
    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, lambda got, _: arrived.append(got))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if arrived:
            signal.raise_signal(arrived[0])
