"""More plain layers fit the training data worse, though they contain the better fit."""

import torch
from torch import nn

WIDTH = 16


class Layer(nn.Linear):
    """ReLU of a linear map, with a shortcut or without: (N, D)."""

    def __init__(self, residual):
        super().__init__(WIDTH, WIDTH)
        self.residual = residual
        nn.init.kaiming_normal_(self.weight, nonlinearity="relu")
        nn.init.zeros_(self.bias)
        if residual:
            self.weight.data /= 8

    def forward(self, x):
        h = super().forward(x).relu()
        return x + h if self.residual else h


def train(depth, residual, steps=60):
    """Return a trained network, its examples and its loss on them."""
    torch.manual_seed(0)
    x = torch.randn(128, WIDTH)  # (N, D)
    y = torch.sin(2 * x[:, :1]) + x[:, 1:2] * x[:, 2:3]  # (N, 1)
    network = nn.Sequential(
        *(Layer(residual) for _ in range(depth)), nn.Linear(WIDTH, 1)
    )
    optimizer = torch.optim.Adam(network.parameters(), 0.005)
    for _ in range(steps):
        loss = nn.functional.mse_loss(network(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return network, x, y, loss.item()


torch.set_default_dtype(torch.float64)
print("training loss by depth     4    16    32")
for name, residual in (("plain", False), ("residual", True)):
    print(f"{name:<22}" + "".join(f"{train(d, residual)[3]:6.2f}" for d in (4, 16, 32)))

network, x, y, _ = train(4, False)
identities = [Layer(False) for _ in range(28)]
for layer in identities:
    nn.init.eye_(layer.weight)
deeper = nn.Sequential(*network[:4], *identities, network[4])
loss = nn.functional.mse_loss(deeper(x), y).item()
print(f"plain, 4 trained and 28 identity layers: {loss:.2f}")
