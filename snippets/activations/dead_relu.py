"""A dead ReLU: what stops, what goes on, and what can wake it up."""

import torch
from torch import nn


def dead(pre_activation):
    """Return which units are 0 for every example: (N, D) to (D,), booleans.

    Other than two axes: ValueError.
    """
    if pre_activation.dim() != 2:
        raise ValueError(f"expected (N, D), got {tuple(pre_activation.shape)}")
    return (pre_activation <= 0).all(dim=0)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x = torch.randn(200, 4)  # (N, D)
y = x.sin().sum(dim=1, keepdim=True)  # (N, 1)
below, layer, above = nn.Linear(4, 6), nn.Linear(6, 5), nn.Linear(5, 1)
with torch.no_grad():
    layer.bias[:2] = -4  # two of five units never fire


def loss_and_sums():
    z = layer(below(x).relu())  # (N, 5)
    return nn.functional.mse_loss(above(z.relu()), y), z


loss, z = loss_and_sums()
loss.backward()
print("unit                          0      1      2      3      4")
for name, values in {
    "fires for, of 200": (z > 0).sum(dim=0),
    "gradient: weights into it": layer.weight.grad.norm(dim=1),
    "gradient: its bias": layer.bias.grad.abs(),
    "gradient: weight out of it": above.weight.grad[0].abs(),
}.items():
    print(
        f"{name:<24}" + "".join(f"{v:7.2f}" if v % 1 else f"{v:7.0f}" for v in values)
    )
print(f"gradient: the layer below, {below.weight.grad.norm():.2f}")

optimizer = torch.optim.SGD(layer.parameters(), 0.05)
for _ in range(300):
    optimizer.zero_grad()
    loss_and_sums()[0].backward()
    optimizer.step()
print(f"\ndead after 300 steps of this layer: {dead(loss_and_sums()[1]).sum()}")
with torch.no_grad():
    below.weight *= 10
print(f"dead once the layer below has grown: {dead(loss_and_sums()[1]).sum()}")
