"""The loss is negative: nll_loss of logits, and labels of -1 for a sigmoid."""

import torch
import torch.nn.functional as F
from torch import nn

bce = F.binary_cross_entropy_with_logits


def train(loss_of, outputs, seed=0, steps=50):
    """Return the losses at steps 0, 10 and the last, of a linear layer."""
    torch.manual_seed(seed)
    net = nn.Linear(20, outputs)
    optimizer = torch.optim.SGD(net.parameters(), 0.5)
    losses = []
    for _ in range(steps + 1):
        loss = loss_of(net(x))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses[0], losses[10], losses[-1]


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
y = torch.arange(300) % 10  # (N,)
x = (torch.randn(10, 20)[y] + torch.randn(300, 20)) / 4  # (N, D): ten clouds
even = (y % 2 == 0).double()[:, None]  # (N, 1): 0 or 1
signs = 2 * even - 1  # (N, 1): -1 or 1
print("loss at step                              0      10      50")
for name, loss_of, outputs in (
    ("nll_loss(logits)", lambda z: F.nll_loss(z, y), 10),
    ("nll_loss(softmax)", lambda z: F.nll_loss(z.softmax(dim=1), y), 10),
    ("  cross_entropy(logits)", lambda z: F.cross_entropy(z, y), 10),
    ("bce_with_logits, labels -1 and 1", lambda z: bce(z, signs), 1),
    ("  labels 0 and 1", lambda z: bce(z, even), 1),
):
    row = "".join(f"{loss:8.2f}" for loss in train(loss_of, outputs))
    print(f"{name:<35}{row}")
