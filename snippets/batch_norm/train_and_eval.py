"""What nn.BatchNorm1d does in training and in evaluation, rebuilt from two rules."""

import torch
from torch import nn


def train_step(x, running, momentum=0.1, eps=1e-5):
    """Normalize x (N, D) by its own statistics; return y, the new running (mean, var).

    momentum is the weight of the new value, as in torch. The batch is normalized by the
    variance that divides by N; the running one gets that which divides by N - 1.
    """
    mean, var = x.mean(0), x.var(0, correction=0)  # (D,), (D,)
    unbiased = x.var(0, correction=1)  # (D,)
    pairs = zip(running, (mean, unbiased), strict=True)
    new = tuple((1 - momentum) * old + momentum * seen for old, seen in pairs)
    return (x - mean) / torch.sqrt(var + eps), new


def evaluate(x, running, eps=1e-5):
    """Normalize x (N, D) by the running (mean, var): each example for itself."""
    mean, var = running
    return (x - mean) / torch.sqrt(var + eps)


torch.manual_seed(0)
layer = nn.BatchNorm1d(3, dtype=torch.float64)
running = (torch.zeros(3), torch.ones(3))  # (D,), (D,): where the layer starts
differences = []

for step in range(1, 101):
    batch = 5 + 2 * torch.randn(8, 3, dtype=torch.float64)  # (N, D): mean 5, variance 4
    y, running = train_step(batch, running)
    differences.append((layer(batch) - y).abs().max().item())
    if step in (1, 10, 100):
        mean, var = (r.mean().item() for r in running)
        print(f"after {step:3d} steps: running mean {mean:.1f}, variance {var:.1f}")

layer.eval()
differences.append((layer(batch) - evaluate(batch, running)).abs().max().item())
print(f"largest difference from torch: {max(differences):.12f}")

pair = torch.tensor([[5.0], [5.5]], dtype=torch.float64).expand(2, 3)  # (N, D)
for mode in (False, True):
    low, high = layer.train(mode)(pair)[:, 0].tolist()
    print(f"5.0 and 5.5 with training={mode}: {low:.1f} and {high:.1f}")

before = layer.running_mean.clone()
with torch.no_grad():  # stops gradients, not the running statistics
    layer(batch)
same = torch.equal(before, layer.running_mean)
print(f"no_grad left the running mean alone: {same}")
