"""States whose keys or shapes do not fit, loaded with strict=True and strict=False."""

import torch
from torch import nn


def without_prefixes(state):
    """Return a state_dict without the names that wrappers put into its keys.

    DataParallel and DistributedDataParallel put `module.`, torch.compile `_orig_mod.`.
    """
    cleaned = (key.replace("_orig_mod.", "").removeprefix("module.") for key in state)
    return dict(zip(cleaned, state.values(), strict=True))


def network(classes=3):
    """Return a network of 9 tensors, all of them random."""
    net = nn.Sequential(nn.Linear(4, 5), nn.BatchNorm1d(5), nn.Linear(5, classes))
    for parameter in net.parameters():
        nn.init.normal_(parameter)
    net(torch.randn(8, 4))  # moves the running statistics
    return net


def load(state, strict):
    """Say how many tensors of the state a new network then has, and what torch says."""
    net = network()
    try:
        missing, unexpected = net.load_state_dict(state, strict=strict)
        says = f"{len(missing)} missing, {len(unexpected)} too many"
    except RuntimeError:
        says = "RuntimeError"
    now = net.state_dict()
    arrived = sum(key in now and now[key].equal(state[key]) for key in state)
    return f"{arrived} of {len(now)}, {says}"


torch.manual_seed(0)
net = network()
wrapped = nn.DataParallel(net).state_dict()
print(f"{'state':<26} {'strict=True':<30} strict=False")
for name, state in {
    "its own": net.state_dict(),
    "of a wrapped network": wrapped,
    "without_prefixes(wrapped)": without_prefixes(wrapped),
    "parameters() only": dict(net.named_parameters()),
    "of 10 classes, not 3": network(classes=10).state_dict(),
}.items():
    print(f"{name:<26} {load(state, strict=True):<30} {load(state, strict=False)}")
