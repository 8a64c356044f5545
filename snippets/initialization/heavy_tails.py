"""Over random starts a first layer is normal; narrow later ones have heavier tails."""

import torch


def excess_kurtosis(width, layer):
    """Return the excess kurtosis of a pre-activation over starts: 0 where it is normal.

    One fixed input, normal weights of variance 2 / fan_in, ReLU between layers of
    `width` units. Given the layer below, z is normal; its variance v is a mean of
    2 relu(z)^2 over those units, and each layer multiplies E[v^2] / E[v]^2 by
    1 + 5 / width. A width or a layer below 1: ValueError.
    """
    if width < 1 or layer < 1:
        raise ValueError(f"expected 1 or more, got width {width}, layer {layer}")
    return 3 * ((1 + 5 / width) ** (layer - 1) - 1)


def draw(width, layers, starts=5_000, inputs=10):
    """Return the pre-activations of each layer in `starts` networks, for one input."""
    h, found = torch.ones(starts, inputs, 1), []  # h: (starts, D, 1)
    for _ in range(layers):
        fan_in = h.shape[1]
        weight = torch.randn(starts, width, fan_in)  # (starts, width, D)
        found.append((2 / fan_in) ** 0.5 * weight @ h)  # (starts, width, 1)
        h = found[-1].relu()
    return found


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
layers = (1, 2, 3)
print("excess kurtosis    " + "".join(f"   layer {n}" for n in layers))
for width in (5, 15, 50):
    formula = [excess_kurtosis(width, n) for n in layers]
    z = torch.stack(draw(width, max(layers)))[..., 0]  # (layers, starts, width)
    fourth = (z**4).mean((1, 2)) / (z**2).mean((1, 2)) ** 2  # (layers,)
    measured = [round(fourth[n - 1].item() - 3, 1) + 0.0 for n in layers]  # no -0.0
    for name, row in (("measured", measured), ("formula", formula)):
        print(f"width {width:2d}, {name:<8}" + "".join(f"{v:10.1f}" for v in row))
