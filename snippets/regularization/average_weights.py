"""Averaging outputs, and averaging weights: of five starts, and along one run."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn
from torch.optim.swa_utils import AveragedModel


def train(model, average=None, epochs=8):
    """Train at a constant rate; average the weights after each late epoch."""
    sgd = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    for epoch in range(epochs):
        for batch in torch.randperm(200).split(10):
            sgd.zero_grad()
            F.cross_entropy(model(x[batch]), y[batch]).backward()
            sgd.step()
        if average is not None and epoch >= epochs // 2:
            average.update_parameters(model)


def accuracy(probabilities):
    """Return the percentage of test digits that are right, for (N, C)."""
    return 100 * (probabilities.argmax(dim=1) == y[200:]).double().mean().item()


def test(model):
    with torch.inference_mode():
        return model(x[200:]).softmax(dim=1)  # (N, C)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
order = torch.randperm(len(x))  # (N,)
x, y = x[order] / 16, y[order]
models, averages = [], []
for _ in range(5):
    models.append(nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10)))
    averages.append(AveragedModel(models[-1]))
    train(models[-1], averages[-1])
of_starts = AveragedModel(models[0])
for model in models:
    of_starts.update_parameters(model)

alone = sum(accuracy(test(model)) for model in models) / 5
along = sum(accuracy(test(average)) for average in averages) / 5
outputs = torch.stack([test(model) for model in models])  # (M, N, C)
size = sum(w.numel() for w in models[0].parameters())
print("                              accuracy, %   parameters to keep")
print(f"one network, mean of five{alone:16.0f}{size:21d}")
print(f"mean of their outputs{accuracy(outputs.mean(dim=0)):20.0f}{5 * size:21d}")
print(f"mean of their weights{accuracy(test(of_starts)):20.0f}{size:21d}")
print(f"mean of weights along one run{along:12.0f}{size:21d}")
