"""Twenty examples must reach a loss of 0: what the check finds, and what it misses."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def overfit(x, y, mistake="", steps=120):
    """Train on a few examples with Adam; return the last loss and accuracy.

    x: (N, D), y: (N,) integers below 10.
    """
    torch.manual_seed(0)
    p_drop = 0.5 if mistake == "dropout left on" else 0.0
    net = nn.Sequential(
        nn.Linear(x.shape[1], 50), nn.ReLU(), nn.Dropout(p_drop), nn.Linear(50, 10)
    )
    optimizer = torch.optim.Adam(net.parameters(), 0.02)
    if mistake == "pixels times 0":
        x = 0 * x
    if mistake == "labels off by one":
        y = (y + 1) % 10
    for _ in range(steps):
        images = x[torch.randperm(len(x))] if mistake == "images shuffled alone" else x
        logits = net(images)  # (N, K)
        if mistake == "softmax twice":
            logits = logits.softmax(dim=1)
        if mistake == "ReLU at the end":
            logits = logits.relu()
        loss = F.cross_entropy(logits, y)
        optimizer.zero_grad()
        loss.backward()
        if mistake != "no step":
            optimizer.step()
    return loss.item(), (logits.argmax(dim=1) == y).double().mean().item()


torch.set_default_dtype(torch.float64)
pixels, labels = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
x, y = pixels[:20] / 16, labels[:20]  # (N, D), (N,)
print("mistake                    loss   accuracy   loss below 0.05")
for mistake in (
    "none",
    "no step",
    "pixels times 0",
    "images shuffled alone",
    "softmax twice",
    "ReLU at the end",
    "dropout left on",
    "labels off by one",
):
    loss, accuracy = overfit(x, y, mistake)
    print(
        f"{mistake:<24}{loss:7.2f}{accuracy:11.2f}   {'yes' if loss < 0.05 else 'NO'}"
    )
