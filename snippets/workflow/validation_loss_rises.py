"""Training loss falls, validation loss rises: wrong labels are learned by heart."""

import copy

import torch
import torch.nn.functional as F
from torch import nn


def train(seed=0, steps=120, every=5):
    """Return (step, training loss, validation loss) by step, and the best weights."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(20, 60), nn.ReLU(), nn.Linear(60, 10))
    optimizer = torch.optim.SGD(net.parameters(), 0.2, momentum=0.9)
    rows, best = [], (float("inf"), None, None)
    for step in range(steps + 1):
        loss = F.cross_entropy(net(x), y)
        if step % every == 0:
            with torch.no_grad():
                validation = F.cross_entropy(net(val_x), val_y).item()
            rows.append((step, loss.item(), validation))
            if validation < best[0]:
                best = validation, step, copy.deepcopy(net.state_dict())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return rows, best, net


def judge(net):
    """Return loss and accuracy on the test part."""
    logits = net(test_x)  # (N, K)
    right = logits.argmax(dim=1) == test_y  # (N,)
    return F.cross_entropy(logits, test_y).item(), right.double().mean().item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
labels = torch.arange(1000) % 10  # (N,)
inputs = torch.randn(10, 20)[labels] + torch.randn(1000, 20)  # (N, D): ten clouds
x, val_x, test_x = inputs.split([200, 300, 500])  # (N, D) each
y, val_y, test_y = labels.split([200, 300, 500])  # (N,) each
y[:40] = torch.randint(10, (40,))  # a fifth of the labels is drawn at random

rows, (_, step, weights), net = train()
print("step   training loss   validation loss")
for row in rows[::4]:
    print("{:4d}{:16.2f}{:18.2f}".format(*row))
print("on the test part         loss   accuracy")
print("last weights          {:7.2f}{:11.2f}".format(*judge(net)))
net.load_state_dict(weights)
print("those of step {:<8d}{:7.2f}{:11.2f}".format(step, *judge(net)))
