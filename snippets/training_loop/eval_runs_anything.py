"""Code that builds an optimizer from a string with eval, and what becomes of it."""

import argparse
import os

import torch
from torch import nn

model = nn.Linear(3, 2)
names = {"optim": torch.optim, "parameters": model.parameters()}


def attempt(action):
    """Return what an action returns, or the error that it ends in."""
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"


attempts = {
    "a name that is not there": lambda: eval("optim.SGD(parameter, 0.1)", names),
    "the right name": lambda: type(eval("optim.SGD(parameters, 0.1)", names)).__name__,
    "the same again": lambda: eval("optim.SGD(parameters, 0.1)", names),
    "code instead of a name": lambda: (
        eval("__import__('os').getpid()", dict(names)) == os.getpid()
    ),
    "a misspelt method": lambda: argparse.ArgumentParser().add_arguement("--rate"),
    "a positional argument last": lambda: compile("train(rate=0.1, data)", "x", "eval"),
}
for name, action in attempts.items():
    print(f"{name}:\n    {attempt(action)}")
