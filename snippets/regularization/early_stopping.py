"""Early stopping: the last weights, the best ones, and the best ones kept wrongly."""

import copy

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_diabetes
from torch import nn

PATIENCE = 20


def error(model, rows):
    """Return the mean squared error on some rows, without a graph."""
    with torch.inference_mode():
        return F.mse_loss(model(x[rows])[:, 0], y[rows]).item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
diabetes = load_diabetes()
order = torch.randperm(len(diabetes.data))  # (N,)
train, valid, test = order[:150], order[150:250], order[250:]
x, y = torch.tensor(diabetes.data), torch.tensor(diabetes.target)  # (N, 10), (N,)
x = (x - x[train].mean(dim=0)) / x[train].std(dim=0)
y = (y - y[train].mean()) / y[train].std()

model = nn.Sequential(nn.Linear(10, 32), nn.Tanh(), nn.Linear(32, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
best, best_epoch, stopped, curves = float("inf"), 0, None, []
for epoch in range(1, 201):
    optimizer.zero_grad()
    F.mse_loss(model(x[train])[:, 0], y[train]).backward()
    optimizer.step()
    now = error(model, valid)
    curves.append((error(model, train), now))
    if now < best:
        best, best_epoch = now, epoch
        kept = copy.deepcopy(model.state_dict())
        not_kept = model.state_dict()  # refers to the weights, which go on changing
    if stopped is None and epoch - best_epoch == PATIENCE:
        stopped = epoch

print(f"lowest validation error after epoch {best_epoch}, known at epoch {stopped}")
print("weights                 training   validation   test")
last = copy.deepcopy(model.state_dict())
for name, state in (("last", last), ("best, by reference", not_kept), ("best", kept)):
    model.load_state_dict(state)
    row = [error(model, rows) for rows in (train, valid, test)]
    print(f"{name:<23}{row[0]:9.2f}{row[1]:13.2f}{row[2]:7.2f}")

for line, name, curve in zip(("--", "-"), ("training", "validation"), zip(*curves)):
    plt.plot(range(1, 201), curve, line, label=name)
plt.axvline(best_epoch, linestyle=":")
plt.xlabel("epochs")
plt.ylabel("mean squared error")
plt.legend()
plt.show()
