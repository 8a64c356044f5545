"""Scalars written for TensorBoard every few steps, and read back from the file."""

import tempfile

import torch
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from torch import nn
from torch.utils.tensorboard import SummaryWriter

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
model = nn.Linear(5, 1)
optimizer = torch.optim.SGD(model.parameters(), 0.1)
x = torch.randn(64, 5)  # (N, D)
y = x.sum(dim=1, keepdim=True)  # (N, 1)

with (
    tempfile.TemporaryDirectory() as folder
):  # in your own runs: runs/<a name for the run>
    with SummaryWriter(folder) as writer:
        for step in range(41):
            loss = nn.functional.mse_loss(model(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if step % 10 == 0:  # each log waits for the device to finish
                writer.add_scalar("loss/train", loss.item(), step)
                writer.add_scalar("weight/mean", model.weight.mean().item(), step)

    events = EventAccumulator(folder).Reload()
    for tag in events.Tags()["scalars"]:
        found = [f"{e.step}: {e.value:.2f}" for e in events.Scalars(tag)]
        print(f"{tag:<12}", "   ".join(found))
