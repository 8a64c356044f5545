"""Batch times k, rate times k: the same loss after as many epochs, up to a limit."""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce


def data(count, seed):
    """Return x (N, D) and y (N,): classes drawn with a chance that depends on x."""
    teacher = torch.Generator().manual_seed(99)
    a = torch.randn(16, 8, generator=teacher) / 4  # (D, H)
    b = torch.randn(8, generator=teacher)  # (H,)
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(count, 16, generator=generator)  # (N, D)
    chance = (2 * torch.tanh(x @ a) @ b).sigmoid()  # (N,)
    return x, (torch.rand(count, generator=generator) < chance).double()


def train(name, batch, rate, epochs=4):
    """Return the loss on new examples after four epochs."""
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(16, 32), nn.Tanh(), nn.Linear(32, 1))
    optimizer = getattr(torch.optim, name)(network.parameters(), rate)
    for _ in range(epochs):
        for part in torch.randperm(len(x)).split(batch):
            loss = bce(network(x[part])[:, 0], y[part])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return bce(network(x_test)[:, 0], y_test).item()


torch.set_default_dtype(torch.float64)
(x, y), (x_test, y_test) = data(2048, seed=0), data(8192, seed=1)
print("batch                               32     128     512    2048")
print("steps                              256      64      16       4")
for name, rate, rule, power in (
    ("SGD", 0.1, "the same rate", 0),
    ("SGD", 0.1, "times root of k", 0.5),
    ("SGD", 0.1, "times k", 1),
    ("SGD", 0.8, "times root of k", 0.5),
    ("SGD", 0.8, "times k", 1),
    ("Adam", 0.016, "the same rate", 0),
    ("Adam", 0.016, "times root of k", 0.5),
    ("Adam", 0.016, "times k", 1),
):
    row = [train(name, 32 * k, rate * k**power) for k in (1, 4, 16, 64)]
    cells = "".join(f"{v:8.2f}" if v < 0.7 else "   > 0.7" for v in row)
    print(f"{name:<5}{rate:<7}{rule:<18}{cells}")
