"""What torch.load says of damaged files, and the damage that it does not see."""

import hashlib
import io
import re
import zipfile

import torch
from torch import nn


def flipped(data, bit):
    """Return the bytes with one bit flipped."""
    changed = bytearray(data)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def torch_says(data):
    """Return what torch.load makes of a file of these bytes."""
    try:
        state = torch.load(io.BytesIO(data))
    except Exception as error:
        advice = re.search("`weights_only` set .* succeed", str(error))
        message = advice[0] if advice else str(error).partition(":")[0]
        return f"{type(error).__name__}: {message or '(no message)'}"
    same = all(torch.equal(state[name], saved[name]) for name in saved)
    return "loads" if same else f"loads, with a weight of {state['weight'][0, 0]:.0e}"


torch.manual_seed(0)
saved = nn.Linear(8, 4).state_dict()
file = io.BytesIO()
torch.save(saved, file)
good = file.getvalue()
weights = 8 * good.index(saved["weight"].numpy().tobytes())  # where their bits begin

for name, data in {
    "as it was saved": good,
    "empty": b"",
    "a log file": b"step 300, loss 0.1\n",
    "a Git LFS pointer": b"version https://git-lfs.github.com/spec/v1\n",
    "cut in half": good[: len(good) // 2],
    "one bit flipped": flipped(good, weights + 30),
}.items():
    print(f"{name:<18} {torch_says(data)}")

damaged = [flipped(good, weights + bit) for bit in range(1024)]
by_torch = sum(not torch_says(data).startswith("loads") for data in damaged)
by_zip = sum(bool(zipfile.ZipFile(io.BytesIO(data)).testzip()) for data in damaged)
digest = hashlib.sha256(good).digest()
by_digest = sum(hashlib.sha256(data).digest() != digest for data in damaged)
print(f"1,024 bits of the weights, each flipped once: torch.load noticed {by_torch},")
print(f"the checksums inside the archive {by_zip}, a digest of the file {by_digest}")
