"""A ReLU at the end of the branch: the block can add, and never subtract."""

import torch
from torch import nn


class Block(nn.Module):
    """A residual block of two dense layers: (N, D), unchanged.

    inside: a last ReLU within the branch; after: one behind the addition.
    """

    def __init__(self, width, inside, after):
        super().__init__()
        end = [nn.ReLU()] if inside else []
        self.branch = nn.Sequential(
            nn.Linear(width, width), nn.ReLU(), nn.Linear(width, width), *end
        )
        self.after = nn.ReLU() if after else nn.Identity()

    def forward(self, x):
        return self.after(x + self.branch(x))


def learn(target, **places):
    """Return the mean squared error with which a block learns target(x), for x > 0."""
    torch.manual_seed(0)
    x = 1 + torch.rand(64, 8)  # (N, D)
    block = Block(8, **places)
    nn.init.ones_(block.branch[2].bias)  # no ReLU starts dead
    optimizer = torch.optim.Adam(block.parameters(), 0.02)
    for _ in range(100):
        loss = nn.functional.mse_loss(block(x), target(x))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


def drift(blocks=20, **places):
    """Return the mean over all values after so many untrained blocks."""
    torch.manual_seed(0)
    h = torch.randn(64, 32)  # (N, D)
    for _ in range(blocks):
        h = Block(32, **places)(h)
    return h.mean().item()


torch.set_default_dtype(torch.float64)
print("last ReLU               learns x + 1/2   learns x - 1/2   mean after 20 blocks")
for name, inside, after in (
    ("in the branch", True, False),
    ("after the addition", False, True),
    ("none", False, False),
):
    places = {"inside": inside, "after": after}
    up, down = (learn(lambda x, s=s: x + s, **places) for s in (0.5, -0.5))
    print(f"{name:<24}{up:14.2f}{down:17.2f}{drift(**places):23.1f}")
