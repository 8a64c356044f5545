"""Monte Carlo dropout: the mean of many passes with dropout, and one pass without."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def switch_dropout(net, on):
    """Put a network into evaluation mode, all but its dropout layers if `on`."""
    net.eval()
    for layer in net.modules():
        if isinstance(layer, nn.Dropout):
            layer.train(on)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
images, digits = load_digits(return_X_y=True)
order = torch.randperm(len(digits))  # (N,)
x, label = torch.tensor(images)[order] / 16, torch.tensor(digits)[order]
new, new_label = x[200:1000], label[200:1000]  # (N, 64), (N,)
net = nn.Sequential(
    nn.Linear(64, 64),
    nn.ReLU(),
    nn.Dropout(0.5),
    nn.Linear(64, 64),
    nn.ReLU(),
    nn.Dropout(0.5),
    nn.Linear(64, 10),
)
optimizer = torch.optim.SGD(net.parameters(), 0.1, momentum=0.9)
for _ in range(200):
    loss = F.cross_entropy(net(x[:200]), label[:200])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def report(name, probabilities):
    """Print the mean of -log p of the right digit, and the accuracy, of (N, C)."""
    loss = F.nll_loss(probabilities.log(), new_label)
    accuracy = (probabilities.argmax(1) == new_label).double().mean()
    print(f"{name:<18}  log-loss {loss:.2f}  accuracy {accuracy:.2f}")


with torch.no_grad():
    switch_dropout(net, on=False)
    report("one pass without", net(new).softmax(1))
    switch_dropout(net, on=True)
    passes = torch.stack([net(new).softmax(1) for _ in range(100)])  # (T, N, C)
for count in (1, 3, 10, 100):
    report(f"mean of {count:3} passes", passes[:count].mean(0))

chosen = passes.mean(0).argmax(1, keepdim=True)  # (N, 1)
spread = passes.std(0).gather(1, chosen)[:, 0]  # (N,)
right = chosen[:, 0] == new_label  # (N,)
print(f"spread of the chosen class: {spread[right].mean():.2f} where right", end=", ")
print(f"{spread[~right].mean():.2f} where wrong")
