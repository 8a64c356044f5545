"""Settings from the command line: a choice of optimizers by name, and no eval."""

import argparse

import torch
from torch import nn

OPTIMIZERS = {
    "sgd": lambda weights, rate: torch.optim.SGD(weights, rate, momentum=0.9),
    "adam": torch.optim.Adam,
    "adamw": torch.optim.AdamW,
}


def above_zero(kind):
    """Return a type for argparse: a finite int or float above 0."""

    def number(text):
        if not 0 < kind(text) < float("inf"):
            raise argparse.ArgumentTypeError(f"{text} is not a number above 0")
        return kind(text)

    return number


def parser():
    """Return the parser. Defaults stand in one place, and --help shows them."""
    style = argparse.ArgumentDefaultsHelpFormatter
    found = argparse.ArgumentParser(description=__doc__, formatter_class=style)
    add = found.add_argument
    add("--optimizer", choices=OPTIMIZERS, default="adamw", help="by name")
    add("--rate", type=above_zero(float), default=0.1, help="learning rate")
    add("--steps", type=above_zero(int), default=100, help="updates of the weights")
    add("--seed", type=int, default=0, help="of all random numbers")
    return found


def train(settings):
    """Fit weights with the settings and return the last loss."""
    torch.manual_seed(settings.seed)
    x = torch.randn(64, 3, dtype=torch.float64)  # (N, D)
    y = x @ torch.tensor([1.0, -2.0, 3.0], dtype=torch.float64)  # (N,)
    model = nn.Linear(3, 1, dtype=torch.float64)
    optimizer = OPTIMIZERS[settings.optimizer](model.parameters(), settings.rate)
    for _ in range(settings.steps):
        loss = nn.functional.mse_loss(model(x).squeeze(1), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return loss.item()


if __name__ == "__main__":
    settings = parser().parse_args()
    print(", ".join(f"{name} {value}" for name, value in vars(settings).items()))
    print(f"last loss {train(settings):.2f}")
