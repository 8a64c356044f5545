"""Six optimizers, each at its best of three rates, on 1,000 handwritten digits."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn, optim

RACE = {
    "SGD": (optim.SGD, {}, (0.3, 1, 3)),
    "momentum 0.9": (optim.SGD, {"momentum": 0.9}, (0.1, 0.3, 1)),
    "AdaGrad": (optim.Adagrad, {}, (0.03, 0.1, 0.3)),
    "RMSProp": (optim.RMSprop, {}, (0.003, 0.01, 0.03)),
    "Adam": (optim.Adam, {}, (0.01, 0.03, 0.1)),
    "AdamW, decay 0.1": (optim.AdamW, {"weight_decay": 0.1}, (0.01, 0.03, 0.1)),
}


def train(make, options, rate, seed, epochs=6):
    """Return the loss on the training set after each epoch, and both accuracies."""
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(64, 48), nn.ReLU(), nn.Linear(48, 10))
    optimizer, losses = make(model.parameters(), lr=rate, **options), []
    for _ in range(epochs):
        for batch in torch.randperm(1000).split(50):
            optimizer.zero_grad()
            F.cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
        with torch.inference_mode():
            scores = model(x)  # (N, C)
        losses.append(F.cross_entropy(scores[:1000], y[:1000]).item())
    right = (scores.argmax(dim=1) == y).double()  # (N,)
    return losses, right[:1000].mean().item(), right[1000:].mean().item()


torch.set_default_dtype(torch.float64)
order = torch.randperm(1797, generator=torch.Generator().manual_seed(0))  # (N,)
digits = load_digits()
x = torch.tensor(digits.data)[order] / 16  # (N, 64)
y = torch.tensor(digits.target)[order]  # (N,)
print("optimizer           best lr   training loss   accuracy: training   test")
for (name, (make, options, rates)), line in zip(RACE.items(), ("-", "--", ":") * 2):
    first = {rate: train(make, options, rate, seed=0) for rate in rates}
    best = min(rates, key=lambda rate: first[rate][0][-1])
    runs = [first[best], *(train(make, options, best, seed) for seed in (1, 2))]
    losses = torch.tensor([run[0] for run in runs]).mean(dim=0)  # (epochs,)
    train_right, test_right = torch.tensor([run[1:] for run in runs]).mean(dim=0)
    print(f"{name:<20}{best:7g}{losses[-1]:16.2f}{train_right:21.2f}{test_right:7.2f}")
    plt.semilogy(range(1, 7), losses, line, label=f"{name}, lr {best:g}")
plt.xlabel("epochs")
plt.ylabel("training loss, mean of 3 seeds")
plt.legend()
plt.show()
