"""The first loss of ten classes should be ln 10; spread of the logits adds to it."""

import math

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def first_loss(logits):
    """Return about what cross-entropy is, in nats, if the logits know nothing yet.

    logits: (N, K) of an untrained network. ln K, plus half the variance of an
    example's K logits, averaged over examples; a series cut off after its second term.
    Fewer than 2 classes, or other shapes: ValueError.
    """
    if logits.ndim != 2 or logits.shape[1] < 2:
        raise ValueError(f"expected (N, K) with K >= 2, got {tuple(logits.shape)}")
    variance = logits.var(dim=1, correction=0)  # (N,)
    return math.log(logits.shape[1]) + variance.mean().item() / 2


def start(x, last_weight, seed):
    """Return the logits (N, K) of a new network whose last weights were changed."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(64, 100), nn.ReLU(), nn.Linear(100, 10))
    with torch.no_grad():
        net[2].weight.copy_(last_weight(net[2].weight))
        net[2].bias.zero_()
        return net(x)


torch.set_default_dtype(torch.float64)
pixels, labels = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
pixels, labels = pixels[:300], labels[:300]  # (N, D), (N,)
standard = (pixels - pixels.mean()) / pixels.std()  # (N, D)

print(f"ln 10 = {math.log(10):.3f}; means over 20 networks")
print("                            spread of logits   loss   formula")
for name, x, last_weight in (
    ("last layer of zeros", standard, torch.zeros_like),
    ("torch's own weights", standard, torch.clone),
    ("last weights times 3", standard, lambda weight: 3 * weight),
    ("last weights from N(0, 1)", standard, torch.randn_like),
    ("pixels from 0 to 255", pixels * 255 / 16, torch.clone),
):
    rows = []
    for seed in range(20):
        logits = start(x, last_weight, seed)
        spread = logits.std(dim=1, correction=0).mean().item()
        loss = F.cross_entropy(logits, labels).item()
        rows.append((spread, loss, first_loss(logits)))
    spread, loss, formula = torch.tensor(rows).mean(dim=0).tolist()
    third = f"{formula:10.2f}" if spread < 1 else f"{'-':>10}"  # for small spreads only
    print(f"{name:<28}{spread:16.2f}{loss:7.2f}{third}")
