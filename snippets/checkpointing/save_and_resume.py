"""A run stopped in mid-epoch and resumed equals one that never stopped, bit for bit."""

import random
import tempfile

import numpy as np
import torch
from torch import nn


def start():
    """Return the four parts of a new run that have a state_dict()."""
    net = nn.Sequential(nn.BatchNorm1d(6), nn.Dropout(0.2), nn.Linear(6, 1))
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.05)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=40)
    return net, optimizer, schedule, torch.amp.GradScaler("cpu", growth_interval=5)


def train(run, done, until):
    """Go on after `done` steps, on x (96, 6); an epoch has 6 batches."""
    net, optimizer, schedule, scaler = run
    for step in range(done, until):
        order = torch.randperm(96, generator=torch.Generator().manual_seed(step // 6))
        batch = x[order[step % 6 :: 6]]  # (N, D)
        seen = random.uniform(0.8, 1.2) * batch + 0.1 * rng.normal()
        output = net(seen).half().double()  # (N, 1)  through 16 bits
        loss = (output - batch.sum(1, keepdim=True)).square().mean()
        optimizer.zero_grad()
        scaler.scale(loss).backward()
        scaler.step(optimizer)
        scaler.update()
        schedule.step()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
rng = np.random.default_rng(0)
x = torch.randn(96, 6)  # (N, D)
path = tempfile.mkdtemp() + "/run.pt"

run = start()
train(run, done=0, until=21)  # 3 epochs and 3 batches
parts = [part.state_dict() for part in run]
numbers = [random.getstate(), rng.bit_generator.state, torch.get_rng_state()]
gpus = torch.cuda.get_rng_state_all()  # [] without a GPU
torch.save({"done": 21, "parts": parts, "numbers": numbers, "gpus": gpus}, path)
train(run, done=21, until=40)  # this one never stopped

resumed, state = start(), torch.load(path, weights_only=True)
for part, saved in zip(resumed, state["parts"], strict=True):
    part.load_state_dict(saved)
random.setstate(state["numbers"][0])
rng.bit_generator.state = state["numbers"][1]
torch.set_rng_state(state["numbers"][2])
torch.cuda.set_rng_state_all(state["gpus"])
train(resumed, done=state["done"], until=40)
for name, ours in run[0].state_dict().items():
    print(f"{name:<21} {torch.equal(ours, resumed[0].state_dict()[name])}")
