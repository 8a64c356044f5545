"""Mistakes in a module: two that torch lets pass, and what it says to the others."""

import textwrap

import torch
from torch import nn


class PlainList(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(12, 5), nn.Linear(5, 1)]


class ModuleList(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(12, 5), nn.Linear(5, 1)])


class NoSuper(nn.Module):
    def __init__(self):
        self.layer = nn.Linear(12, 5)


class Misspelt(nn.Module):
    def foward(self, x):
        return x


def count(net):
    return sum(p.numel() for p in net.parameters())


def attempt(name, function):
    """Run a function, and print the error that it raises."""
    try:
        function()
    except Exception as error:
        told = str(error).partition(" -- ")[0].partition(" (at ")[0]
        print(name, *textwrap.wrap(told, 80), sep="\n    ")


same = nn.Linear(5, 5)
print(f"layers in a list:          {count(PlainList()):3d} parameters to train")
print(f"layers in a ModuleList:    {count(ModuleList()):3d}")
print(f"one layer put in twice:    {count(nn.Sequential(same, same)):3d}")
print(f"two layers:                {count(nn.Sequential(same, nn.Linear(5, 5))):3d}\n")

images = torch.randn(7, 2, 2, 3)  # (N, C, H, W)
attempt("images not flattened", lambda: nn.Linear(12, 5)(images))
attempt("view of a permuted batch", lambda: images.permute(0, 2, 3, 1).view(7, -1))
attempt("no super().__init__()", NoSuper)
attempt("forward misspelt", lambda: Misspelt()(images))
