"""eval() and inference_mode() switch different things: a network run twice."""

import contextlib

import torch
from torch import nn


def run_twice(training, context):
    """Return what two passes over the same batch show, and what they leave behind."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(6, 8), nn.BatchNorm1d(8), nn.Dropout(0.5))
    model.train(training)
    x = torch.randn(5, 6)  # (N, D)
    before = model[1].running_mean.clone()
    with context:
        first, second = model(x), model(x)
    return {
        "same twice": torch.equal(first, second),
        "averages kept": torch.equal(before, model[1].running_mean),
        "graph built": first.requires_grad,
    }


ways = {
    "train()": (True, contextlib.nullcontext()),
    "train(), inference_mode()": (True, torch.inference_mode()),
    "eval()": (False, contextlib.nullcontext()),
    "eval(), inference_mode()": (False, torch.inference_mode()),
}
print(f"{'':<28}same twice   averages kept   graph built")
for name, (training, context) in ways.items():
    same, kept, graph = run_twice(training, context).values()
    print(f"{name:<28}{same!s:<13}{kept!s:<16}{graph}")

model = nn.Sequential(nn.Linear(6, 8), nn.Dropout(0.5)).eval()
print(f"\nafter eval(): {model.training}, its dropout: {model[1].training}")
model.train()
print(f"after train(): {model.training}, its dropout: {model[1].training}")
