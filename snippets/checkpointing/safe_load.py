"""What torch.load(weights_only=True) admits, and a file that runs code without it."""

import argparse
import io
import pathlib
import random
import re

import numpy as np
import torch
from torch import nn


class Surprise:
    """Pickles as a call: whoever unpickles it makes the call."""

    def __reduce__(self):
        return print, ("code in the file has just run: it could have been any code",)


def load(value, weights_only):
    """Save a value and load it again."""
    file = io.BytesIO()
    torch.save(value, file)
    file.seek(0)
    return torch.load(file, weights_only=weights_only)


def verdict(value):
    """Say whether a value loads safely, or what it would have to import to load."""
    try:
        load(value, weights_only=True)
    except Exception as error:
        return "refused: " + re.search(r"GLOBAL (\S+)", str(error))[1]
    return "admitted"


net = nn.Linear(3, 2)
rng = np.random.default_rng(0)
load({"step": 3, "net": net.state_dict(), "metric": Surprise()}, weights_only=False)
for name, value in {
    "the same with weights_only": Surprise(),
    "net.state_dict()": net.state_dict(),
    "a Parameter, a dtype, a Size": [net.weight, torch.float16, net.weight.shape],
    "int, float, str, bytes, None": [3, 0.1, "cosine", b"\0", None],
    "list, tuple, set, dict": [[1], (2,), {3}, {"a": 4}],
    "random.getstate()": random.getstate(),
    "rng.bit_generator.state": rng.bit_generator.state,
    "np.random.get_state()": np.random.get_state(),
    "a NumPy number, such as a mean": np.mean([0.1, 0.2]),
    "a pathlib.Path": pathlib.PurePosixPath("run.pt"),
    "an argparse.Namespace": argparse.Namespace(lr=0.1),
    "net, the whole module": net,
}.items():
    print(f"{name:<31} {verdict(value)}")
