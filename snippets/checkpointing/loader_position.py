"""A DataLoader that goes on inside an epoch, and the random number that it draws."""

import torch
from torch.utils.data import DataLoader, TensorDataset


class Order:
    """A batch sampler that knows its place; the epoch's number gives the order."""

    def __init__(self, examples, size):
        self.examples, self.size = examples, size
        self.place = {"epoch": 0, "used": 0}

    def __iter__(self):
        """Yield what is left of the epoch, as lists of indices."""
        shuffle = torch.Generator().manual_seed(self.place["epoch"])
        order = torch.randperm(self.examples, generator=shuffle).tolist()
        for start in range(self.place["used"], self.examples, self.size):
            self.place["used"] = start + self.size  # before the batch leaves
            yield order[start : start + self.size]
        self.place = {"epoch": self.place["epoch"] + 1, "used": 0}

    def state_dict(self):
        return dict(self.place)

    def load_state_dict(self, state):
        self.place = dict(state)


def new_loader(way):
    """Return a DataLoader over 24 examples in batches of 4, and its Order."""
    data, order = TensorDataset(torch.arange(24)), Order(24, 4)
    if way == "shuffle=True":
        return DataLoader(data, 4, shuffle=True), order
    own = torch.Generator() if "generator" in way else None
    return DataLoader(data, batch_sampler=order, generator=own), order


def take(loader, batches):
    """Return the examples of each batch, and a number drawn after it, as by dropout."""
    steps = zip(range(batches), loader, strict=False)
    return [(batch.tolist(), torch.rand(()).item()) for _, (batch,) in steps]


print("the loader        missed  order as before  random numbers as before")
for way in ("shuffle=True", "Order", "Order, generator"):
    torch.manual_seed(0)
    whole = take(new_loader(way)[0], batches=6)
    torch.manual_seed(0)
    loader, order = new_loader(way)
    steps = take(loader, batches=2)
    place, numbers = order.state_dict(), torch.get_rng_state()
    loader, order = new_loader(way)  # as a new process would
    order.load_state_dict(place)
    torch.set_rng_state(numbers)
    steps += take(loader, batches=4)
    missed = 24 - len({example for batch, _ in steps for example in batch})
    order_same, numbers_same = (a == b for a, b in zip(zip(*steps), zip(*whole)))
    print(f"{way:<16} {missed:7}  {order_same!s:<15}  {numbers_same}")
