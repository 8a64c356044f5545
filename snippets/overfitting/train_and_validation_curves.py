"""One run on digits, a tenth of them mislabeled: training and validation curves."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def measure(model, x, y):
    """Return the mean cross-entropy and the accuracy on x (N, D), y (N,)."""
    with torch.inference_mode():
        scores = model(x)  # (N, C)
    right = (scores.argmax(dim=1) == y).double().mean()
    return F.cross_entropy(scores, y).item(), right.item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
train, valid = torch.randperm(len(x))[:600].split(300)  # row numbers
x, wrong = x / 16, torch.rand(len(y)) < 0.1  # (N, D), (N,)
y[wrong] = (y[wrong] + torch.randint(1, 10, (int(wrong.sum()),))) % 10

model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
adam = torch.optim.Adam(model.parameters(), lr=0.01)
curves = []
for _ in range(150):
    adam.zero_grad()
    F.cross_entropy(model(x[train]), y[train]).backward()
    adam.step()
    rows = (measure(model, x[part], y[part]) for part in (train, valid))
    curves.append([number for row in rows for number in row])
curves = torch.tensor(curves)  # (epochs, 4)

print("epoch   loss: training   validation   accuracy: training   validation")
lowest = curves[:, 2].argmin().item()
for epoch in (9, lowest, 74, 149):
    loss, accuracy, valid_loss, valid_accuracy = curves[epoch]
    print(f"{epoch + 1:5d}{loss:17.2f}{valid_loss:13.2f}", end="")
    print(f"{accuracy:21.2f}{valid_accuracy:13.2f}")

_, (left, right) = plt.subplots(1, 2, figsize=(7.4, 3.3))
for axes, first, name in ((left, 0, "cross-entropy, nats"), (right, 1, "accuracy")):
    axes.plot(range(1, 151), curves[:, first], "--", label="training")
    axes.plot(range(1, 151), curves[:, first + 2], "-", label="validation")
    axes.set(xlabel="epochs", ylabel=name)
left.legend()
plt.show()
