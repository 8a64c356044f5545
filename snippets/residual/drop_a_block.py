"""One block taken out after training: residual stacks bear it, plain ones do not."""

import torch
from torch import nn

WIDTH, BLOCKS = 24, 8


class Block(nn.Module):
    """Two dense layers behind a norm, with a shortcut or without: (N, D)."""

    def __init__(self, residual):
        super().__init__()
        self.residual, self.used = residual, True
        self.branch = nn.Sequential(
            nn.LayerNorm(WIDTH),
            nn.Linear(WIDTH, WIDTH),
            nn.ReLU(),
            nn.Linear(WIDTH, WIDTH),
        )

    def forward(self, x):
        if not self.used:
            return x
        return x + self.branch(x) if self.residual else self.branch(x)


def accuracy(network, x, y, without=()):
    """Return the per cent right with the blocks of these numbers left out."""
    for n, block in enumerate(network[1:-1]):
        block.used = n not in without
    with torch.no_grad():
        return 100 * (network(x).argmax(1) == y).double().mean().item()


torch.set_default_dtype(torch.float64)
print("% right     whole   without block 1 to 8               without any")
for residual in (True, False):
    torch.manual_seed(0)
    x = torch.randn(1024, 6)  # (N, D)
    y = (x[:, 0].sin() + x[:, 1] * x[:, 2] > 0).long()  # (N,)
    blocks = [Block(residual) for _ in range(BLOCKS)]
    network = nn.Sequential(nn.Linear(6, WIDTH), *blocks, nn.Linear(WIDTH, 2))
    optimizer = torch.optim.Adam(network.parameters(), 0.002)
    for step in range(150):
        batch = slice(step % 4 * 128, step % 4 * 128 + 128)
        loss = nn.functional.cross_entropy(network(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    test = x[512:], y[512:]
    full = accuracy(network, *test)
    each = "".join(f"{accuracy(network, *test, (n,)):4.0f}" for n in range(BLOCKS))
    none = accuracy(network, *test, range(BLOCKS))
    print(f"{'residual' if residual else 'plain':<10}{full:7.0f}{each}{none:16.0f}")
