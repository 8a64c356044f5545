"""Leave one part out of a checkpoint, resume, and compare with the run that went on."""

from copy import deepcopy

import torch
from torch import nn


def start():
    """Return the parts of a new run by name, always with the same weights."""
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(6, 9), nn.BatchNorm1d(9), nn.ReLU(), nn.Linear(9, 1))
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.02)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=40)
    scaler = torch.amp.GradScaler("cpu", init_scale=2.0**12, growth_interval=5)
    return {"net": net, "optimizer": optimizer, "schedule": schedule, "scaler": scaler}


def state_of(run):
    """Return a copy of the state of each part."""
    return deepcopy({name: part.state_dict() for name, part in run.items()})


def train(run, steps):
    """Train on all of x (N, D) at each step: nothing here is random."""
    net, optimizer, schedule, scaler = run.values()
    for _ in range(steps):
        output = net(x).half().double()  # (N, 1)  through 16 bits
        loss = (output - x[:, :1].abs()).square().sum()
        optimizer.zero_grad()
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        schedule.step()


torch.set_default_dtype(torch.float64)
x = torch.randn(32, 6, generator=torch.Generator().manual_seed(1))  # (N, D)
run, fresh = start(), state_of(start())
parameters = [name for name, _ in run["net"].named_parameters()]
train(run, steps=18)
saved = state_of(run)
train(run, steps=22)  # the run that went on
went_on = run["net"].state_dict()

no_buffers = fresh["net"] | {name: saved["net"][name] for name in parameters}
rows = {"nothing": {}, "buffers": {"net": no_buffers}}
rows |= {name: {name: fresh[name]} for name in ("optimizer", "schedule", "scaler")}
rows["all but the net"] = fresh | {"net": saved["net"]}
print("left out         same run  weights off by  running means off by")
for name, instead in rows.items():
    resumed = start()
    for key, state in deepcopy(saved | instead).items():
        resumed[key].load_state_dict(state)
    train(resumed, steps=22)
    ends = resumed["net"].state_dict()
    off = {key: (ends[key] - went_on[key]).abs().max() for key in ends}
    weights, means = max(off[key] for key in parameters), off["1.running_mean"]
    print(f"{name:<16} {not any(off.values())!s:<8} {weights:15.3f} {means:21.3f}")
