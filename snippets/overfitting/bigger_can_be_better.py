"""Ever wider models of 150 digits, a tenth mislabeled: the error rises, then falls."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

COUNT, SEEDS = 150, 4
WIDTHS = 10, 20, 40, 80, 120, 150, 190, 300, 600, 1200, 3000


def smallest(h, targets, lam=0.0):
    """Return the weights (K, C) that fit targets (N, C) from features h (N, K).

    Least squares; of all that fit as well, those of smallest norm. lam > 0 adds
    lam times the sum of squares to the loss. Negative: ValueError.
    """
    if lam < 0:
        raise ValueError(f"a penalty rewards nothing: lam {lam}")
    if lam == 0:
        return torch.linalg.lstsq(h, targets, driver="gelsd").solution
    return h.T @ torch.linalg.solve(h @ h.T + lam * torch.eye(len(h)), targets)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
order = torch.randperm(len(x))  # (N,)
x, labels, y = x[order] / 16, y[order], F.one_hot(y[order], 10).double()  # y: (N, C)
wrong = (labels[:COUNT] + (torch.arange(COUNT) % 10 == 0)) % 10  # (COUNT,)
targets = F.one_hot(wrong, 10).double()  # (COUNT, C)

print("width   squared error: training     test   with penalty   test accuracy   |W|")
rows = []
for width in WIDTHS:
    runs = []
    for seed in range(SEEDS):
        torch.manual_seed(seed)
        h = (x @ torch.randn(64, width) / 8).relu()  # (N, K), not trained
        w = smallest(h[:COUNT], targets)  # (K, C)
        train = 10 * F.mse_loss(h[:COUNT] @ w, targets)  # summed over the classes
        test = 10 * F.mse_loss(h[COUNT:] @ w, y[COUNT:])
        shrunk = smallest(h[:COUNT], targets, lam=1.0)  # (K, C)
        ridge = 10 * F.mse_loss(h[COUNT:] @ shrunk, y[COUNT:])
        right = ((h[COUNT:] @ w).argmax(dim=1) == labels[COUNT:]).double().mean()
        runs.append((train, test, ridge, right, w.norm()))
    train, test, ridge, right, norm = torch.tensor(runs).mean(dim=0)
    rows.append((train, test, ridge))
    print(f"{width:5d}{train:26.2f}{test:9.2f}{ridge:15.2f}{right:16.2f}{norm:6.0f}")

train, test, ridge = zip(*rows)
plt.loglog(WIDTHS, test, "o-", label="test")
plt.loglog(WIDTHS, ridge, "s:", label="test, with a penalty")
plt.loglog(WIDTHS[:6], train[:6], "^--", label="training")
plt.xlabel("width, in features")
plt.ylabel("squared error, mean of 4 seeds")
plt.legend()
plt.show()
