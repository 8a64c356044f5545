"""A file from a machine with GPUs on one without: load to the CPU, then restore."""

import io
import zipfile

import torch
from torch import nn


def from_a_gpu(state):
    """Return the file that torch.save writes if all tensors are on the GPU cuda:99.

    A file names the place of each tensor, and this one names a place that nobody has.
    """
    file, changed = io.BytesIO(), io.BytesIO()
    torch.save(state, file)
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("data.pkl"):  # all but the numbers
                data = data.replace(b"\3\0\0\0cpu", b"\7\0\0\0cuda:99")
            new.writestr(name, data)
    changed.seek(0)
    return changed


def try_to(action, *arguments, **options):
    """Return what an action returns, or the kind of error that it raises."""
    try:
        return action(*arguments, **options)
    except (RuntimeError, TypeError) as error:
        return type(error).__name__


def adam(device):
    """Return Adam over one layer after one step."""
    net = nn.Linear(3, 2, device=device)
    optimizer = torch.optim.Adam(net.parameters())
    net(torch.ones(1, 3, device=device)).sum().backward()
    optimizer.step()
    return optimizer


torch.manual_seed(0)
state = {"adam": adam("cpu").state_dict(), "random": torch.get_rng_state()}
print("no map_location: ", try_to(torch.load, from_a_gpu(state)))
for device in ("meta", "cpu"):  # meta plays the part of a GPU
    loaded = torch.load(from_a_gpu(state), map_location=device)
    average = loaded["adam"]["state"][0]["exp_avg"].device
    numbers = try_to(torch.set_rng_state, loaded["random"]) or "restored"
    print(f"map_location={device:<4}: average on {average}, random numbers: {numbers}")

gpu = adam("meta")
gpu.load_state_dict(loaded["adam"])
places = [f"{name} on {t.device}" for name, t in gpu.state_dict()["state"][0].items()]
print("then loaded into Adam on meta:", ", ".join(places))
