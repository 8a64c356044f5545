"""Does dropout help? Digits, 100 training examples, with and without wrong labels."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

SEEDS, N, WIDTH = 8, 100, 64
CHECK, TEST = slice(N, 2 * N), slice(2 * N, 600)  # the first N are for training


def forward(x, weights, p_drop=0.0):
    """Return the outputs (SEEDS, N, 10) of SEEDS networks for x (SEEDS, N, 64)."""
    h = (x @ weights[0] + weights[1]).relu()  # (SEEDS, N, WIDTH)
    mask = torch.rand(h.shape) >= p_drop if p_drop else 1.0
    return h * mask / (1 - p_drop) @ weights[2] + weights[3]


@torch.no_grad()
def accuracy(x, label, weights):
    """Return the accuracy of each network without dropout, (SEEDS,)."""
    return (forward(x, weights).argmax(-1) == label).double().mean(1)


def experiment(p_drop, wrong):
    """Return test accuracies (SEEDS,), last and stopped, and two training losses."""
    torch.manual_seed(0)
    order = torch.rand(SEEDS, len(digits)).argsort()  # (SEEDS, 1797)
    x, label = pixels[order], digits[order]  # (SEEDS, 1797, 64), (SEEDS, 1797)
    other = (torch.rand(label.shape) < wrong) * torch.randint(1, 10, label.shape)
    given = (label + other) % 10  # (SEEDS, 1797)  a share `wrong` is another digit
    old, old_label = x[:, :N], given[:, :N]  # (SEEDS, N, 64), (SEEDS, N)
    shapes = ((64, WIDTH), (1, WIDTH), (WIDTH, 10), (1, 10))
    weights = [torch.randn(SEEDS, *s).div(8).requires_grad_() for s in shapes]
    optimizer = torch.optim.SGD(weights, 0.2, momentum=0.9)
    checked, tested = [], []
    for step in range(1, 121):
        loss = F.cross_entropy(forward(old, weights, p_drop).mT, old_label)
        optimizer.zero_grad()
        (SEEDS * loss).backward()  # each network gets the gradient of its own mean
        optimizer.step()
        if step % 10 == 0:
            checked.append(accuracy(x[:, CHECK], given[:, CHECK], weights))
            tested.append(accuracy(x[:, TEST], label[:, TEST], weights))
    best = torch.stack(checked).argmax(0, keepdim=True)  # (1, SEEDS)
    whole = F.cross_entropy(forward(old, weights).mT, old_label)
    return tested[-1], torch.stack(tested).gather(0, best)[0], loss.item(), whole.item()


torch.set_default_dtype(torch.float64)
images, labels = load_digits(return_X_y=True)
pixels, digits = torch.tensor(images) / 16, torch.tensor(labels)  # (1797, 64), (1797,)
print("wrong           accuracy on new digits      training loss, dropout")
print("labels  p_drop  last step     stopped early       on    off")
for wrong in (0.0, 0.3):
    for p_drop in (0.0, 0.5, 0.8):
        end, stopped, loss, whole = experiment(p_drop, wrong)
        row = "  ".join(f"{a.mean():.2f} +- {a.std():.2f}" for a in (end, stopped))
        print(f"{wrong:<6}{p_drop:8.1f}  {row}  {loss:9.2f} {whole:6.2f}")
