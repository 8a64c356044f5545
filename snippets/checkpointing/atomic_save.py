"""Saves killed at several moments: what a reader finds under the name of the file."""

import multiprocessing
import os
import signal
import tempfile
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit

import torch


def save_over(state, path):
    """Write over the old file, as most scripts do."""
    torch.save(state, path)


def save_atomically(state, path):
    """Write a file beside the old one, force it to the disk, and give it its name."""
    temporary = path.with_suffix(".tmp")
    with open(temporary, "wb") as file:
        torch.save(state, file)
        file.flush()  # out of Python's buffer
        os.fsync(file.fileno())  # out of the system's
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)  # the new name too
    os.close(folder)


def save_and_die(save, path, moment):
    """Save step 2 in a process that is killed."""
    if moment == "in mid-write":  # the kernel ends it at this byte of the file
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        setrlimit(RLIMIT_FSIZE, (20_000, 20_000))
    if moment == "before the rename":
        Path.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
    save({"step": 2, "w": torch.zeros(10_000)}, path)
    os.kill(os.getpid(), signal.SIGKILL)


processes = multiprocessing.get_context("fork")
path = Path(tempfile.mkdtemp(), "run.pt")
cases = [(save_over, "in mid-write"), (save_atomically, "in mid-write")]
cases += [(save_atomically, f"{when} the rename") for when in ("before", "after")]
print("way to save      killed             found    files")
for save, moment in cases:
    torch.save({"step": 1, "w": torch.zeros(10_000)}, path)
    process = processes.Process(target=save_and_die, args=(save, path, moment))
    process.start()
    process.join()
    try:
        found = f"step {torch.load(path)['step']}"
    except (RuntimeError, OSError):
        found = "nothing"
    files = " ".join(sorted(other.name for other in path.parent.iterdir()))
    print(f"{save.__name__:<16} {moment:<18} {found:<8} {files}")
