"""Which setting matters: AdamW, one setting at a time ten times smaller or larger."""

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce


def data(count, seed):
    """Return x (N, D) and y (N,): classes drawn with a chance that depends on x."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(count, 16, generator=generator)  # (N, D)
    score = 3 * x[:, 0] + 2 * x[:, 1] * x[:, 2]  # (N,)
    return x, (torch.rand(count, generator=generator) < score.sigmoid()).double()


def train(rate=0.01, slow=0.09, slower=0.001, eps=1e-8, decay=0.01, width=40):
    """Return the loss on new examples; slow and slower: 1 - beta of both averages."""
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Linear(16, int(width)), nn.Tanh(), nn.Linear(int(width), 1)
    )
    optimizer = torch.optim.AdamW(
        network.parameters(), rate, (1 - slow, 1 - slower), eps, decay
    )
    for step in range(128):
        part = torch.arange(32 * step, 32 * (step + 1)) % len(x)  # (32,)
        loss = bce(network(x[part])[:, 0], y[part])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return bce(network(x_test)[:, 0], y_test).item()


torch.set_default_dtype(torch.float64)
(x, y), (x_test, y_test) = data(2048, seed=0), data(8192, seed=1)
print(f"with all as they are: {train():.2f}")
print("setting                 is     / 10    x 10")
for name, key, value in (
    ("learning rate", "rate", 0.01),
    ("1 - beta1", "slow", 0.09),
    ("1 - beta2", "slower", 0.001),
    ("epsilon", "eps", 1e-8),
    ("weight decay", "decay", 0.01),
    ("width", "width", 40),
):
    low, high = (train(**{key: value * factor}) for factor in (0.1, 10))
    print(f"{name:<15}{value:>11g}{low:9.2f}{high:8.2f}")
