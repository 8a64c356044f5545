"""A solution: keep the entries whose name and shape both fit."""

import torch
from torch import nn


def load_matching(model, state):
    """Load those entries of a state dict whose name and shape fit the model; leave
    the rest of the model as it is. Return the sorted names of entries left out.
    """
    own = model.state_dict()
    fits = {k: v for k, v in state.items() if k in own and v.shape == own[k].shape}
    model.load_state_dict(fits, strict=False)
    return sorted(set(state) - set(fits))


# The check
def network(classes, *more):
    layers = nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, classes), *more
    return nn.Sequential(*layers)


torch.manual_seed(0)
wrong = ""
for old, new, expected in (
    (network(10), network(2), ["2.bias", "2.weight"]),
    (network(10), network(10), []),
    (network(2, nn.Linear(2, 2)), network(2), ["3.bias", "3.weight"]),
    (network(2), network(2, nn.Linear(2, 2)), []),
):
    old(torch.randn(8, 3))  # moves the statistics of the norm
    head = {k: v.clone() for k, v in new.state_dict().items()}
    if (left := load_matching(new, old.state_dict())) != expected:
        wrong = f"not yet: expected to leave out {expected}, got {left}"
        break
    for key, value in new.state_dict().items():
        loaded = key in old.state_dict() and key not in expected
        if not torch.equal(value, (old.state_dict() if loaded else head)[key]):
            wrong = f"not yet: {key} should be {'loaded' if loaded else 'left alone'}"
    if wrong:
        break
print(wrong or "right: 4 pairs of networks")
