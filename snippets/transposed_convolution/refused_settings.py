"""Settings that torch refuses, and the meta device, which refuses fewer of them."""

import torch
from torch import nn


def answer(device, padding_mode="zeros", groups=1, **options):
    """Return the shape of the output on that device, or what torch says instead."""
    try:
        layer = nn.ConvTranspose2d(
            4, 6, 3, groups=groups, padding_mode=padding_mode, device=device, **options
        )
        return str(tuple(layer(torch.zeros(1, 4, 5, 7, device=device)).shape))
    except (RuntimeError, ValueError) as error:
        return str(error).split(", but got")[0].split(". ")[-1]


for options in (
    {"stride": 2, "output_padding": 1},
    {"stride": 2, "output_padding": 2},
    {"stride": 2, "output_padding": 2, "dilation": 3},
    {"stride": (2, 1), "output_padding": 1},
    {"stride": 2, "output_padding": -1},
    {"stride": 0},
    {"dilation": 0},
    {"padding": -1},
    {"padding": 4},
    {"groups": 4},
    {"padding_mode": "reflect"},
):
    cpu, meta = answer("cpu", **options), answer("meta", **options)
    print(*(f"{name}={value}" for name, value in options.items()))
    print(f"    cpu   {cpu}")
    if meta != cpu:
        print(f"    meta  {meta}")
