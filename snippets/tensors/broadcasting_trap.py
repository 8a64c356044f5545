"""(N, 1) against (N,): an accuracy that ignores the model, a loss that unlearns it."""

import torch


def accuracy_of_all_pairs(predicted, labels):
    """Return the share of equal pairs, of every prediction (N,) with every label (N,).

    It is made of the shares of the classes alone: no pairing enters.
    """
    classes = torch.cat([predicted, labels]).unique()  # (K,)
    shares = [(x[:, None] == classes).double().mean(0) for x in (predicted, labels)]
    return shares[0] @ shares[1]


def loss_of_all_pairs(predicted, targets):
    """Return the mean square of every prediction (N,) minus every target (N,).

    It is smallest where each prediction is the mean of all targets.
    """
    to_mean = (predicted - targets.mean()).square().mean()
    return to_mean + targets.var(correction=0)


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
labels = torch.arange(100) % 2  # (N,)
print("predictions   shape of ==    type   accuracy   formula   with [:, 0]")
for name, predicted in {
    "all right": labels,
    "at random": labels[torch.randperm(100)],
    "all wrong": 1 - labels,
}.items():
    column = predicted[:, None]  # (N, 1), as a layer with one output gives it
    every = column == labels  # (N, N): every prediction with every label
    found = every.double().mean(), accuracy_of_all_pairs(predicted, labels)
    pairs = (column[:, 0] == labels).double().mean()
    kind = f"{tuple(every.shape)!s:<15}{str(every.dtype)[6:]}"
    print(f"{name:<14}{kind}{found[0]:11.2f}{found[1]:10.2f}{pairs:14.2f}")

x = torch.randn(100, 3)  # (N, D)
y = x @ torch.tensor([1.0, -2.0, 3.0]) + 4  # (N,): a line without noise
print("\ntrained on      weights               bias   loss of: all pairs   right pairs")
for name, squeeze in (("(N, 1) - (N,)", False), ("(N,) - (N,)", True)):
    layer = torch.nn.Linear(3, 1)
    optimizer = torch.optim.SGD(layer.parameters(), lr=0.1)
    for _ in range(300):
        output = layer(x)[:, 0] if squeeze else layer(x)  # (N,) or (N, 1)
        loss = (output - y).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    output = layer(x)[:, 0]  # (N,)
    weights = " ".join(f"{round(w, 2) + 0:5.2f}" for w in layer.weight[0].tolist())
    right = (output - y).square().mean()
    print(f"{name:<15}{weights}{layer.bias.item():9.2f}", end="")
    print(f"{loss_of_all_pairs(output, y):21.2f}{right:14.2f}")
