"""What a seed fixes: which of the libraries' draws come out the same a second time."""

import random

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader


def draws():
    """Return one draw of every kind that a training run makes."""
    order = DataLoader(range(100), 100, shuffle=True)
    return {
        "weights of a layer": nn.Linear(4, 1).weight.detach().clone(),
        "dropout": nn.functional.dropout(torch.ones(20)),
        "order of a DataLoader": next(iter(order)),
        "random.random()": random.random(),
        "np.random.random()": np.random.random(),
        "default_rng(0).random()": np.random.default_rng(0).random(),
    }


def same(seed):
    """Seed, draw, seed, draw again; return which draws are equal."""
    seed()
    first = draws()
    seed()
    second = draws()
    return [bool(np.all(np.asarray(first[n]) == np.asarray(second[n]))) for n in first]


def all_seeds():
    random.seed(0)
    np.random.seed(0)
    torch.manual_seed(0)


columns = same(lambda: None), same(lambda: torch.manual_seed(0)), same(all_seeds)
print(f"{'the same again?':<26}unseeded   torch's seed   all three seeds")
for name, *row in zip(draws(), *columns, strict=True):
    print(f"{name:<26}{row[0]!s:<11}{row[1]!s:<15}{row[2]}")
