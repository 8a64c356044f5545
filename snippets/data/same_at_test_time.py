"""What a network gets right when its test inputs are prepared in another way."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
pixels, labels = load_digits(return_X_y=True)
x, y = torch.tensor(pixels) * 255 / 16, torch.tensor(labels)  # (N, D), (N,)
x_train, x_test, y_train, y_test = x[:1200], x[1200:], y[:1200], y[1200:]
mean, std = x_train.mean(), x_train.std()  # one channel: two numbers

net = nn.Sequential(nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 10))
optimizer = torch.optim.SGD(net.parameters(), 0.2, momentum=0.9)
for _ in range(100):
    loss = F.cross_entropy(net((x_train - mean) / std), y_train)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def accuracy(x):
    """Return the share of right answers for prepared inputs (N, D)."""
    return (net(x).argmax(dim=1) == y_test).double().mean().item()


def own(x):
    """Return x (N, D) less its own mean, over its own deviation."""
    return (x - x.mean()) / x.std()


one_by_one = torch.stack([own(image) for image in x_test])  # (N, D)
dark = x_test / 4  # (N, D)
print("test inputs                               accuracy")
for name, prepared in {
    "the training set's statistics": (x_test - mean) / std,
    "as stored, 0 to 255": x_test,
    "divided by 255, 0 to 1": x_test / 255,
    "inverted, then the training set's": (255 - x_test - mean) / std,
    "the test set's own statistics": own(x_test),
    "each image's own statistics": one_by_one,
    "four times darker, the training set's": (dark - mean) / std,
    "four times darker, their own": own(dark),
}.items():
    print(f"{name:<42}{accuracy(prepared):8.2f}")
