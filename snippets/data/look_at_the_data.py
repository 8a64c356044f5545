"""Wrong labels stand at the head of a list by loss, and are rare in a random sample."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits


def held_out_losses(x, y, folds=5):
    """Return each example's loss (N,) under a model that was not trained on it.

    x: (N, D), y: class ids (N,). A linear classifier for each part of the data,
    trained on the other parts. Fewer than 2 folds: ValueError.
    """
    if folds < 2:
        raise ValueError(f"expected 2 folds or more, got {folds}")
    losses = torch.zeros(len(x))  # (N,)
    part = torch.arange(len(x)) % folds  # (N,)
    for fold in range(folds):
        seen, held = part != fold, part == fold  # (N,), (N,)
        weights = torch.zeros(x.shape[1], 10, requires_grad=True)  # (D, K)
        for _ in range(60):
            loss = F.cross_entropy(x[seen] @ weights, y[seen])
            (gradient,) = torch.autograd.grad(loss, weights)
            weights = (weights - 0.1 * gradient).detach().requires_grad_()
        losses[held] = F.cross_entropy(x[held] @ weights, y[held], reduction="none")
    return losses.detach()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
pixels, labels = load_digits(return_X_y=True)
x, y = torch.tensor(pixels), torch.tensor(labels)  # (N, D), (N,)
x = (x - x.mean()) / x.std()  # (N, D)
wrong = torch.randperm(len(y))[:36]  # 2 in 100 get another label
y[wrong] = (y[wrong] + torch.randint(1, 10, (36,))) % 10
by_loss = held_out_losses(x, y).argsort(descending=True)  # (N,)
chance = torch.randperm(len(y))  # (N,)

print(f"36 of {len(y)} labels are wrong; found after looking at")
print("                      36    72   144")
for name, order in (("largest loss first", by_loss), ("in random order", chance)):
    found = [torch.isin(order[:n], wrong).sum().item() for n in (36, 72, 144)]
    print(f"{name:<20}" + "".join(f"{n:6d}" for n in found))

figure, panels = plt.subplots(3, 8, figsize=(5.8, 3.2))
figure.suptitle("Eight at random; below, the sixteen of largest loss")
sample = [*chance[:8].tolist(), *by_loss[:16].tolist()]
for axes, n in zip(panels.flat, sample, strict=True):
    axes.imshow(pixels[n].reshape(8, 8), cmap="gray_r")
    axes.set_title(f"“{y[n]}”")
    axes.axis("off")
plt.show()
