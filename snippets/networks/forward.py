"""The forward pass of a network in NumPy, layer by layer, against torch."""

from itertools import pairwise

import numpy as np
import torch
from torch import nn


def forward(x, layers, activation):
    """Return what each layer of a network puts out: the last is the network's output.

    x: (N, n_0); layers: [(W (n_1, n_0), b (n_1,)), ...], at least one; activation: a
    function of each number, for all layers but the last. Shapes that do not fit:
    ValueError.
    """
    outputs = [x]
    for number, (w, b) in enumerate(layers, start=1):
        h = outputs[-1]  # (N, n_in)
        if h.shape != (len(x), w.shape[-1]) or b.shape != (len(w),):
            shapes = f"input {h.shape}, W {w.shape}, b {b.shape}"
            raise ValueError(f"layer {number} does not fit: {shapes}")
        z = h @ w.T + b  # (N, n_out)
        outputs.append(activation(z) if number < len(layers) else z)
    return outputs[1:]


def relu(z):
    return np.maximum(z, 0)


rng = np.random.default_rng(0)
sizes = [3, 5, 4, 6, 2]
layers = [
    (rng.normal(size=(n_out, n_in)), rng.normal(size=n_out))
    for n_in, n_out in pairwise(sizes)
]  # (n_out, n_in), (n_out,)
x = rng.normal(size=(7, 3))  # (N, n_0)
outputs = forward(x, layers, relu)
print(f"input    {x.shape}")
for number, ((w, b), h) in enumerate(zip(layers, outputs, strict=True), start=1):
    print(f"layer {number}  W {w.shape}  b {b.shape}  output {h.shape}")

w, b = layers[0]
unit = relu(w[2] @ x[6] + b[2])
print(f"example 6, layer 1, unit 2: {unit:.3f} alone, {outputs[0][6, 2]:.3f} above")

modules = []
for w, b in layers:
    linear = nn.Linear(w.shape[1], w.shape[0], dtype=torch.float64)
    linear.load_state_dict({"weight": torch.tensor(w), "bias": torch.tensor(b)})
    modules += [linear, nn.ReLU()]
theirs = nn.Sequential(*modules[:-1])(torch.tensor(x)).detach()  # (N, n_4)
print(
    f"largest difference from torch {np.abs(outputs[-1] - theirs.numpy()).max():.12f}"
)
