"""An all-reduce around a ring: all get the sum, none sends more than two arrays."""

import numpy as np


def ring_all_reduce(arrays):
    """Return what each of K processes holds after the all-reduce, and how much it sent.

    arrays: K arrays (L,), one for each process. Returns K sums (L,), and K counts of
    numbers sent. No arrays, or shapes that are not K times one (L,): ValueError.
    Source: Patarasuk and Yuan 2009, Bandwidth optimal all-reduce algorithms.
    """
    shapes = [np.shape(array) for array in arrays]
    if len(set(shapes)) != 1 or len(shapes[0]) != 1:
        raise ValueError(f"expected arrays of one shape (L,), got {shapes}")
    processes = len(arrays)
    held = [np.array_split(np.array(array), processes) for array in arrays]  # in chunks
    sent = [0] * processes
    for step in range(2 * (processes - 1)):
        chunk_of = [(k - step) % processes for k in range(processes)]
        messages = [held[k][chunk_of[k]].copy() for k in range(processes)]
        for k, message in enumerate(messages):
            receiver = held[(k + 1) % processes]
            if step < processes - 1:  # reduce-scatter: add up, chunk by chunk
                receiver[chunk_of[k]] += message
            else:  # all-gather: pass the finished sums on
                receiver[chunk_of[k]] = message
            sent[k] += message.size
    return [np.concatenate(chunks) for chunks in held], sent


rng = np.random.default_rng(0)
print("arrays sent   by process 0, if it adds up alone   by each, in a ring")
for processes in (2, 4, 8, 64):
    arrays = rng.integers(100, size=(processes, 640))  # (K, L)
    results, sent = ring_all_reduce(arrays)
    assert all((result == arrays.sum(axis=0)).all() for result in results)
    in_arrays = max(sent) / arrays.shape[1]
    print(f"K = {processes:2d}        {processes - 1:33d}   {in_arrays:18.3f}")

wrong = 0
for _ in range(2000):
    processes, length = rng.integers(1, 9), rng.integers(1, 50)
    arrays = rng.integers(100, size=(processes, length))  # (K, L)
    results, sent = ring_all_reduce(arrays)
    expected = np.tile(arrays.sum(axis=0), (processes, 1))  # (K, L)
    wrong += not np.array_equal(results, expected)
    wrong += sum(sent) != 2 * (processes - 1) * length
print(f"sums and totals sent in 2,000 random rings: {wrong} wrong")
