"""What becomes of the last batch: a range drops it, split and DataLoader keep it."""

import torch
from torch.utils.data import DataLoader, TensorDataset


def by_range(count, size):
    """Return the sizes of batches cut by range(0, count - size + 1, size)."""
    return [size for _ in range(0, count - size + 1, size)]


def by_split(count, size):
    """Return the sizes of batches cut by a split of a random order."""
    return [len(batch) for batch in torch.randperm(count).split(size)]


def by_loader(count, size, drop_last):
    """Return the sizes of a DataLoader's batches."""
    data = TensorDataset(torch.zeros(count, 1))
    loader = DataLoader(data, size, shuffle=True, drop_last=drop_last)
    return [len(x) for (x,) in loader]


for count in (1000, 100):
    print(f"{count} examples, batches of 128")
    for name, sizes in {
        "range": by_range(count, 128),
        "split": by_split(count, 128),
        "DataLoader": by_loader(count, 128, drop_last=False),
        "DataLoader, drop_last": by_loader(count, 128, drop_last=True),
    }.items():
        last = sizes[-1] if sizes else "none"
        print(
            f"  {name:<22}{len(sizes)} batches, {sum(sizes):4d} examples, last {last}"
        )

torch.manual_seed(0)
losses = torch.rand(1000, dtype=torch.float64)  # (N,): one for each example
losses[896:] += 1  # those of the last, short batch are larger
means = torch.stack([part.mean() for part in losses.split(128)])  # (batches,)
print(f"mean over examples {losses.mean():.3f}, mean of means {means.mean():.3f}")
