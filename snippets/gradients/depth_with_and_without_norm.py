"""How deep a network can be trained: by initialization, norm and skip connection."""

import torch
from torch import nn

WIDTH = 32


class Layer(nn.Module):
    """A dense layer and ReLU, with a norm or a skip connection if its kind says so."""

    def __init__(self, kind):
        super().__init__()
        self.linear = nn.Linear(WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH) if "norm" in kind else nn.Identity()
        self.skip = "skip" in kind
        if kind != "torch's own":
            nn.init.kaiming_normal_(self.linear.weight, nonlinearity="relu")

    def forward(self, x):  # (N, WIDTH)
        if self.skip:
            return x + self.linear(self.norm(x).relu())
        return self.norm(self.linear(x)).relu()


def train(kind, depth, steps):
    """Return the accuracy on the training set, and first over last layer's gradient."""
    torch.manual_seed(0)
    x = torch.randn(128, WIDTH)  # (N, D)
    y = (x[:, :1] * x[:, 1:2] > 0).double()  # (N, 1)
    end = [nn.LayerNorm(WIDTH)] if "skip" in kind else []
    layers = [Layer(kind) for _ in range(depth)]
    network = nn.Sequential(*layers, *end, nn.Linear(WIDTH, 1))
    optimizer = torch.optim.Adam(network.parameters(), 0.001)
    for step in range(steps):
        z = network(x)  # (N, 1)
        loss = nn.functional.binary_cross_entropy_with_logits(z, y)
        optimizer.zero_grad()
        loss.backward()
        if step == 0:
            first, last = (layers[n].linear.weight.grad.norm() for n in (0, -1))
        optimizer.step()
    right = ((z > 0) == (y > 0)).double().mean()
    return right.item(), (first / last).item()


torch.set_default_dtype(torch.float64)
print("first over last layer's gradient, and is 95 % right after 100 steps?")
print("depth                            12              40")
for kind in ("torch's own", "Kaiming", "Kaiming, norm", "Kaiming, norm, skip"):
    cells = [train(kind, depth, steps=100) for depth in (12, 40)]
    words = [(ratio, "yes" if right > 0.95 else "no") for right, ratio in cells]
    print(f"{kind:<20}" + "".join(f"{ratio:10.0e}{word:>6}" for ratio, word in words))
