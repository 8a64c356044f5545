"""A toolkit to take home: save whole or not at all, and load the newest good one."""

import hashlib
import os
import tempfile
from pathlib import Path

import torch


def save(state, folder, step, keep=3):
    """Write folder/step-<step>-<digest>.pt in one piece; then keep only the newest."""
    if step < 0 or keep < 1:
        raise ValueError(f"expected step >= 0 and keep >= 1, got {step} and {keep}")
    temporary, name = Path(folder, "unfinished.tmp"), f"step-{step:09d}"
    torch.save(state, temporary)
    with open(temporary, "rb") as file:
        os.fsync(file.fileno())  # the bytes reach the disk before the name does
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    path = temporary.with_name(f"{name}-{digest}.pt")
    temporary.replace(path)
    names = os.open(folder, os.O_RDONLY)
    os.fsync(names)
    os.close(names)
    load(path)  # if this fails, the older ones are still there
    older = [other for other in path.parent.glob("step-*.pt") if other.name < name]
    for other in sorted(older, reverse=True)[keep - 1 :]:
        other.unlink()


def load(path):
    """Return the state in a file of save(); ValueError if its bytes are other ones."""
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    if digest != path.stem[-16:]:
        raise ValueError(f"not the bytes that were saved as {path.name[:14]}")
    return torch.load(path, map_location="cpu", weights_only=True)


def latest(folder, accept=lambda state: None):
    """Return (step, state) of the newest file that is whole and that accept() takes."""
    paths = sorted(Path(folder).glob("step-*.pt"), reverse=True)
    for path in paths:
        try:
            accept(state := load(path))
            return int(path.name[5:14]), state
        except Exception as error:
            print(f"skipped {path.name[:14]}: {error}")
    if paths:
        raise ValueError(f"none of the {len(paths)} checkpoints in {folder} is good")
    return 0, None  # a new run


folder = Path(tempfile.mkdtemp())
for step in (100, 200, 300, 400):
    save({"w": torch.full((3,), step)}, folder, step)
max(folder.glob("*.pt")).write_bytes(b"a broken disk")
print("in the folder:", *sorted(path.name[:14] for path in folder.iterdir()))
print("going on with:", latest(folder))
