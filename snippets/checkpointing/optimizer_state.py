"""An optimizer's state goes by position, not by name, and is loaded without a copy."""

from copy import deepcopy

import torch
from torch import nn


def names(groups):
    return [group["param_names"] for group in groups]


def load(optimizer, state):
    """Load a copy of a state whose names are the same; other ones raise ValueError.

    There are names if both optimizers were given net.named_parameters().
    """
    ours, saved = names(optimizer.param_groups), names(state["param_groups"])
    if ours != saved:
        raise ValueError(f"an optimizer of {ours} cannot take the state of {saved}")
    optimizer.load_state_dict(deepcopy(state))


def attempt(action, *arguments):
    """Say what becomes of a call."""
    try:
        action(*arguments)
    except (RuntimeError, ValueError) as error:
        return type(error).__name__
    return "no error"


torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 4), nn.Linear(4, 4))
parameters = list(net.named_parameters())
old = torch.optim.Adam(parameters)
net(torch.randn(8, 4)).square().sum().backward()
old.step()
saved = deepcopy(old.state_dict())
print("the keys of the state:", *saved["state"])

print("\nparameters given  averages right  load_state_dict()  step()        load()")
orders = {"as before": parameters, "layers swapped": parameters[2:] + parameters[:2]}
for name, order in (orders | {"sorted by name": sorted(parameters)}).items():
    new = torch.optim.Adam(order)
    done = attempt(new.load_state_dict, deepcopy(saved))
    same = [new.state[p]["exp_avg"].equal(old.state[p]["exp_avg"]) for _, p in order]
    done = f"{sum(same)} of {len(same)}          {done:<17}  {attempt(new.step):<12}"
    print(f"{name:<17} {done}  {attempt(load, torch.optim.Adam(order), saved)}")

state = deepcopy(saved)
new.load_state_dict(state)
loaded = new.state[order[0][1]]["exp_avg"]
print(f"\nload_state_dict() copies: {loaded is not state['state'][0]['exp_avg']}")
