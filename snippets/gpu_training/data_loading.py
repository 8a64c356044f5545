"""Workers keep the order of the batches, and copy the data set with its generator."""

import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset, IterableDataset, get_worker_info


class Noisy(Dataset):
    """Six numbers, each with noise: from a generator of the data set, or from torch."""

    def __init__(self, own):
        self.rng = np.random.default_rng(0) if own else None

    def __len__(self):
        return 6

    def __getitem__(self, index):
        return index, self.rng.random() if self.rng else torch.rand(()).item()


class Stream(IterableDataset):
    """Six numbers in a row, of which each worker reads all, or its share."""

    def __init__(self, divided):
        self.divided = divided

    def __iter__(self):
        worker = get_worker_info()
        step = worker.num_workers if self.divided else 1
        return iter(range(worker.id % step, 6, step))


def seed_generator(worker_id):
    """Give the worker's copy of the data set a generator with the worker's own seed."""
    get_worker_info().dataset.rng = np.random.default_rng(get_worker_info().seed)


def load(data, workers=2, **options):
    """Return a loader of pairs, of which all that is random follows from 0."""
    generator = torch.Generator().manual_seed(0)
    return DataLoader(data, 2, num_workers=workers, generator=generator, **options)


if __name__ == "__main__":  # a worker may import this file
    for workers in (0, 2):
        loader = load(Noisy(own=True), workers, shuffle=True)
        print(f"{workers} workers: {[index.tolist() for index, _ in loader]}")
    print(f"{'noise from':<17}{'first epoch':<30} second epoch")
    for name, own, init in (
        ("self.rng", True, None),
        ("self.rng, seeded", True, seed_generator),
        ("torch.rand", False, None),
    ):
        pairs = load(Noisy(own), worker_init_fn=init)
        epochs = [" ".join(f"{n:.2f}" for _, pair in pairs for n in pair) for _ in "12"]
        print(f"{name:<17}{epochs[0]:<30} {epochs[1]}")
    for divided in (False, True):
        batches = [batch.tolist() for batch in load(Stream(divided))]
        print(f"stream, divided={divided}: {batches}")
