"""Two minima of equal training loss, and their errors on new examples."""

import torch

RUNS, EXAMPLES, INPUTS, UNITS = 5, 40, 10, 100


def labels(x):
    """Return the signs (runs, N, 1) of a linear teacher, another one for each run."""
    return (x @ teacher).sign()


def outputs(x, weights):
    first, second = weights  # (runs, D, H), (runs, H, 1)
    return (x @ first).relu() @ second  # (runs, N, 1)


def train(scale, steps=1000, lr=0.003):
    """Return training loss and test error, means over runs, from weights of a scale."""
    first = (
        scale * torch.randn(RUNS, INPUTS, UNITS) * (2 / INPUTS) ** 0.5
    )  # (runs, D, H)
    second = scale * torch.randn(RUNS, UNITS, 1) / UNITS**0.5  # (runs, H, 1)
    weights = [first.requires_grad_(), second.requires_grad_()]
    adam = torch.optim.Adam(weights, lr)
    for _ in range(steps):
        loss = (outputs(x, weights) - labels(x)).square().mean()
        adam.zero_grad()
        loss.backward()
        adam.step()
    wrong = outputs(new, weights).sign() != labels(new)  # (runs, N, 1)
    return loss.item(), wrong.double().mean().item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
teacher = torch.randn(RUNS, INPUTS, 1)  # (runs, D, 1)
x = torch.randn(RUNS, EXAMPLES, INPUTS)  # (runs, N, D)
new = torch.randn(RUNS, 1000, INPUTS)  # (runs, N, D)
print("scale of the first weights   training loss   wrong on new examples")
for scale in (0.1, 1, 3):
    loss, error = train(scale)
    print(f"{scale:<29g}{loss:13.5f}{100 * error:22.0f} %")
