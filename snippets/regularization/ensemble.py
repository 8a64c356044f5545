"""What ten members gain over one, on four tasks: accuracy on test data, in percent."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_breast_cancer, load_digits, load_wine
from sklearn.tree import DecisionTreeClassifier

SPLITS, MEMBERS, WIDTH = 5, 10, 16


def networks(x, y, x_test, classes):
    """Return test probabilities (MEMBERS, N, C) of networks from different starts."""
    sizes = ((x.shape[1], WIDTH), (WIDTH, classes))
    w = [torch.randn(MEMBERS, *size) / size[0] ** 0.5 for size in sizes]  # (M, D, H)
    adam = torch.optim.Adam([v.requires_grad_() for v in w], lr=0.03)
    for _ in range(40):
        z = (x @ w[0]).relu() @ w[1]  # (M, N, C)
        adam.zero_grad()
        F.cross_entropy(z.flatten(0, 1), y.repeat(MEMBERS)).backward()
        adam.step()
    return ((x_test @ w[0]).relu() @ w[1]).softmax(dim=2).detach()


def trees(x, y, x_test, classes):
    """Return the same for decision trees, with thresholds drawn by lot."""
    outputs = []
    for m in range(MEMBERS):
        tree = DecisionTreeClassifier(splitter="random", random_state=m).fit(x, y)
        outputs.append(torch.tensor(tree.predict_proba(x_test)))  # (N, C)
    return torch.stack(outputs)


def accuracy(probabilities, y):
    """Return the percentage right (...,) for probabilities (..., N, C), labels (N,)."""
    return 100 * (probabilities.argmax(dim=-1) == y).double().mean(dim=-1)


torch.set_default_dtype(torch.float64)
print("task             learns from   a member   ten   gain   smallest to largest")
for name, load, count, members in (
    ("wine", load_wine, 40, networks),
    ("breast cancer", load_breast_cancer, 100, networks),
    ("digits", load_digits, 50, networks),
    ("digits", load_digits, 400, networks),
    ("digits, trees", load_digits, 400, trees),
):
    x, y = map(torch.tensor, load(return_X_y=True))  # (N, D), (N,)
    rows = []
    for seed in range(SPLITS):
        torch.manual_seed(seed)
        train, test = torch.randperm(len(x)).tensor_split([count])  # row numbers
        centered, std = x - x[train].mean(dim=0), x[train].std(dim=0)
        scaled = (centered / (std + 1e-9)).clamp(-3, 3)  # std may be 0 in training
        outputs = members(scaled[train], y[train], scaled[test], int(y.max()) + 1)
        alone, together = accuracy(outputs, y[test]), accuracy(outputs.mean(0), y[test])
        rows.append((alone.mean(), together, together - alone.mean()))
    (one, ten, gain), every = torch.tensor(rows).mean(dim=0), [row[2] for row in rows]
    print(f"{name:<16}{count:12d}{one:11.0f}{ten:6.0f}{gain:7.1f}", end="")
    print(f"{min(every):11.1f} to {max(every):4.1f}")
