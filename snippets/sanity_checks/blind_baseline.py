"""What a network that sees nothing may reach, and one whose labels are shuffled."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def entropy(labels):
    """Return the entropy in nats of the classes in labels (N,): the blind best."""
    share = labels.bincount().double() / len(labels)  # (K,)
    return torch.special.entr(share).sum().item()


def train(x, y, test_x, test_y, epochs=4):
    """Return the loss over x (N, D), y (N,) and the accuracy on test_x, test_y."""
    torch.manual_seed(0)
    net = nn.Sequential(nn.Linear(64, 50), nn.ReLU(), nn.Linear(50, 10))
    optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9)
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(64):  # (B,)
            loss = F.cross_entropy(net(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    with torch.inference_mode():
        right = (net(test_x).argmax(dim=1) == test_y).double().mean().item()
        return F.cross_entropy(net(x), y).item(), right


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
pixels, labels = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
x, y, test_x, test_y = pixels[:1200], labels[:1200], pixels[1200:], labels[1200:]
shuffled = y[torch.randperm(len(y))]  # (N,)
print(f"entropy of the classes {entropy(y):.2f}, chance 0.10")
print("                           training loss   test accuracy")
for name, run in {
    "as it should be": (x / 16, y, test_x / 16, test_y),
    "inputs of zeros": (0 * x, y, 0 * test_x, test_y),
    "divided by 16 three times": (x / 16**3, y, test_x / 16**3, test_y),
    "labels shuffled": (x / 16, shuffled, test_x / 16, test_y),
}.items():
    loss, accuracy = train(*run)
    print(f"{name:<27}{loss:13.2f}{accuracy:16.2f}")
