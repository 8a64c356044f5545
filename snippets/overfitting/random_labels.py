"""A network fits labels and pixels drawn by lot as perfectly as it fits digits."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

TRAIN = 200


def run(x, y, x_test, y_test, limit=500):
    """Return the steps until all of x, y are right, and both accuracies then."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(64, 128), nn.ReLU(), nn.Linear(128, 10))
    adam = torch.optim.Adam(model.parameters(), lr=0.01)
    step = 0
    while not ((scores := model(x)).argmax(dim=1) == y).all() and step < limit:
        adam.zero_grad()
        F.cross_entropy(scores, y).backward()
        adam.step()
        step += 1
    with torch.inference_mode():
        pairs = ((x, y), (x_test, y_test))
        return step, *((model(a).argmax(1) == b).double().mean() for a, b in pairs)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
order = torch.randperm(len(x))  # (N,)
x, y = x[order] / 16, y[order]
lot = torch.randint(10, y.shape)  # (N,)
pixels = torch.rand_like(x)  # (N, D)
print(f"{TRAIN} examples              steps to fit   training accuracy   test accuracy")
for name, inputs, labels in (
    ("digits and their labels", x, y),
    ("digits, labels by lot", x, lot),
    ("pixels and labels by lot", pixels, lot),
):
    parts = inputs[:TRAIN], labels[:TRAIN], inputs[TRAIN:], labels[TRAIN:]
    steps, train, test = run(*parts)
    print(f"{name:<26}{steps:12d}{train:20.2f}{test:16.2f}")
