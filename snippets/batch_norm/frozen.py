"""Freezing batch norm for fine-tuning: requires_grad_(False) alone does not do it."""

import torch
from torch import nn

torch.manual_seed(0)
new_task = 3 + torch.randn(16, 4)  # (N, D): other statistics than in training


def moved(prepare):
    """Return what changes in a layer after one forward pass in a training loop."""
    net = nn.Sequential(nn.Linear(4, 4), nn.BatchNorm1d(4))
    prepare(net)
    before = net[1].running_mean.clone()
    net(new_task)
    statistics = not torch.equal(before, net[1].running_mean)
    learns = net[1].weight.requires_grad
    return f"running statistics move: {statistics!s:<6} gamma and beta learn: {learns}"


def no_gradient(net):
    net.train()
    net[1].requires_grad_(False)


def eval_mode(net):
    net.train()
    net[1].eval()


def both(net):
    net.train()  # call it first: train() reaches every module and would undo eval()
    net[1].eval().requires_grad_(False)


for prepare in (nn.Module.train, no_gradient, eval_mode, both):
    print(f"{prepare.__name__:<12} {moved(prepare)}")
