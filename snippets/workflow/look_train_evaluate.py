"""The cycle on digits: one change at a time, judged by validation; the test, once."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def predict(others, width=0, rate=0.1, steps=40):
    """Train with some settings; return the answers (N,) for others (N, D)."""
    torch.manual_seed(0)
    layers = [nn.Linear(64, width), nn.ReLU()] if width else []
    net = nn.Sequential(*layers, nn.Linear(width or 64, 10))
    optimizer = torch.optim.SGD(net.parameters(), rate)
    for _ in range(steps):
        loss = F.cross_entropy(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return net(others).argmax(dim=1)


def mean_and_error(values):
    """Return the mean of values (N,) and its standard error, the deviation / sqrt(N).

    Of right answers: an accuracy. Of the differences of two models' right answers on
    the same examples: the gain. Other shapes, or fewer than two values: ValueError.
    """
    if values.ndim != 1 or len(values) < 2:
        raise ValueError(f"expected (N,) with N >= 2, got {tuple(values.shape)}")
    return values.mean().item(), values.std().item() / len(values) ** 0.5


torch.set_default_dtype(torch.float64)
torch.manual_seed(1)
pixels, labels = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
order = torch.randperm(len(labels))  # (N,)
x, val_x, test_x = (pixels[order] / 16).split([300, 700, 797])  # (N, D) each
y, val_y, test_y = labels[order].split([300, 700, 797])  # (N,) each

changes = ("rate", 0.5), ("width", 50), ("steps", 160), ("rate", 1.0), ("width", 99)
line = "{:<29}{:.3f} +- {:.3f}".format
kept, right = {}, (predict(val_x) == val_y).double()  # (N,): 1 for a right answer
print(line("validation", *mean_and_error(right)))
for name, value in changes:
    settings = kept | {name: value}
    tried = (predict(val_x, **settings) == val_y).double()  # (N,)
    gain, error = mean_and_error(tried - right)
    if gain > 2 * error:
        kept, right = settings, tried
    says = "kept" if right is tried else "put back"
    print(f"  {name} = {value:<19}{gain:+.3f} +- {error:.3f}  {says}")
print(line("validation", *mean_and_error(right)))
pairs = torch.stack([val_y, predict(val_x, **kept)], dim=1)[right == 0]  # (wrong, 2)
found, counts = pairs.unique(dim=0, return_counts=True)
digit, read_as = found[counts.argmax()].tolist()
print(f"look: {counts.max()} of {len(pairs)} mistakes read a {digit} as {read_as}")
right = (predict(test_x, **kept) == test_y).double()  # (N,)
print(line("test, once", *mean_and_error(right)))
