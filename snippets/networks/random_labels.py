"""Labels drawn by lot can only be learned by heart: what three networks can hold."""

import torch
import torch.nn.functional as F
from torch import nn

torch.set_default_dtype(torch.float64)
D, H = 16, 40


def accuracy(make, count):
    """Train on random examples; return the share of their labels that it gets right."""
    torch.manual_seed(count)
    x = torch.randn(count, D)  # (N, D)
    labels = torch.rand(count, 1).round()  # (N, 1)
    net = make()
    optimizer = torch.optim.Adam(net.parameters(), 0.01)
    for _ in range(300):
        loss = F.binary_cross_entropy_with_logits(net(x), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return ((net(x) > 0) == (labels > 0)).double().mean().item()


def one():
    return nn.Linear(D, 1)


def three():
    return nn.Sequential(nn.Linear(D, H), nn.Linear(H, H), nn.Linear(H, 1))


def relu():
    first, second, last = three()
    return nn.Sequential(first, nn.ReLU(), second, nn.ReLU(), last)


print(f"share of random labels learned, {D} inputs")
print("examples   one linear layer   three   three with ReLU")
for count in (16, 64, 256):
    shares = [accuracy(make, count) for make in (one, three, relu)]
    print(f"{count:8d}{shares[0]:19.2f}{shares[1]:8.2f}{shares[2]:18.2f}")
