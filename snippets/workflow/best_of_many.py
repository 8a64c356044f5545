"""The best of many models looks better than it is, most of all on few examples."""

import numpy as np
from sklearn.datasets import load_digits


def answers(rng, x, y, others, width=25):
    """Fit a random network's last layer; return its answers (N,) for the other parts.

    x: (M, D), y: (M,). Its first layer is drawn and stays: only luck tells two apart.
    """
    first = rng.standard_normal((x.shape[1], width)) / 8  # (D, width)
    h = np.maximum(x @ first, 0)  # (M, width)
    last = np.linalg.solve(h.T @ h + np.eye(width), h.T @ np.eye(10)[y])  # (width, K)
    return [(np.maximum(part @ first, 0) @ last).argmax(axis=1) for part in others]


def chosen(validation, test, tried, count, rng):
    """Return (validation accuracy, test accuracy) of the best of some models.

    validation, test: (models, examples), whether an answer is right. tried: of how many
    models; count: on how many validation examples. More than there are: ValueError.
    """
    if tried > len(validation) or count > validation.shape[1]:
        raise ValueError(f"no {tried} models, {count} examples in {validation.shape}")
    models = rng.choice(len(validation), tried, replace=False)  # (tried,)
    examples = rng.choice(validation.shape[1], count, replace=False)  # (count,)
    scores = validation[models][:, examples].mean(axis=1)  # (tried,)
    best = models[scores.argmax()]
    return scores.max(), test[best].mean()


rng = np.random.default_rng(0)
pixels, labels = load_digits(return_X_y=True)  # (N, D), (N,)
train, val, last = np.split(rng.permutation(len(labels)), [300, 800])  # (N,) each
x, y = pixels[train] / 16, labels[train]  # (N, D), (N,)
others = pixels[val] / 16, pixels[last] / 16  # (N, D) each
found = [answers(rng, x, y, others) for _ in range(150)]
validation = np.array([a == labels[val] for a, _ in found])  # (models, N)
test = np.array([b == labels[last] for _, b in found])  # (models, N)
best = test.mean(axis=1).max()
print(f"150 models: test accuracy {test.mean():.2f}, the best {best:.2f}")
print("means over 200 choices       validation   test   too good by")
for tried, count in ((1, 50), (10, 50), (100, 50), (10, 500), (100, 500)):
    rows = [chosen(validation, test, tried, count, rng) for _ in range(200)]
    seen, true = np.mean(rows, axis=0)
    name = f"best of {tried} on {count} examples"
    print(f"{name:<29}{seen:10.2f}{true:7.2f}{seen - true:14.2f}")
