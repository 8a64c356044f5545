"""L1 makes exact zeros, but not by gradient steps: 40 shuffled features of 50."""

import torch
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Lasso

LAM = 0.1


def soft_threshold(w, t):
    return w.sign() * (w.abs() - t).clamp(min=0)


def loss(w):
    return ((x @ w - y) ** 2).mean() / 2


def train(optimizer, penalty, threshold=False, lr=0.02, steps=1000):
    """Return the weights (D,) after gradient steps on the loss and its penalty.

    threshold: move each weight toward 0 by lr LAM after the step (Beck and Teboulle).
    """
    w = torch.zeros(x.shape[1], requires_grad=True)  # (D,)
    optimizer = optimizer([w], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        (loss(w) + penalty(w)).backward()
        optimizer.step()
        if threshold:
            with torch.no_grad():
                w.copy_(soft_threshold(w, lr * LAM))
    return w.detach()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
diabetes = load_diabetes()
real = torch.tensor(diabetes.data)  # (N, 10)
shuffled = [real[torch.randperm(len(real))] for _ in range(4)]
x = torch.cat([real, *shuffled], dim=1)  # (N, D)
x = (x - x.mean(dim=0)) / x.std(dim=0)
y = torch.tensor(diabetes.target)  # (N,)
y = (y - y.mean()) / y.std()

print("penalty, how it is minimized       zeros of 40   largest |w| of the 40")
sgd, adam = torch.optim.SGD, torch.optim.Adam
for name, w in {
    "L2, in the loss, SGD": train(sgd, lambda w: LAM * w.square().sum() / 2),
    "L1, in the loss, SGD": train(sgd, lambda w: LAM * w.abs().sum()),
    "L1, in the loss, Adam": train(adam, lambda w: LAM * w.abs().sum()),
    "L1, SGD and a soft threshold": train(sgd, lambda w: 0, threshold=True),
    "L1, scikit-learn's Lasso": torch.tensor(Lasso(LAM, tol=1e-9).fit(x, y).coef_),
}.items():
    noise = w[10:].abs()  # (40,)
    print(f"{name:<35}{(noise == 0).sum():11d}{noise.max():24.3f}")
