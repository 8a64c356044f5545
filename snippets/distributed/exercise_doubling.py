"""Exercise: an all-reduce in few rounds, in which processes exchange in pairs."""

import numpy as np


def partner(rank, step, processes):
    """Return with which process this one exchanges its sum so far, in round `step`.

    processes: a power of two; with 2 ** R of them there are R rounds, numbered from 0.
    """
    ...  # your turn


# The check
rng = np.random.default_rng(0)
wrong = ""
for power in range(1, 8):
    processes = 2**power
    held = rng.integers(1000, size=(processes, 3))  # (K, L)
    expected, case = held.sum(0).tolist(), f"{processes} processes"
    for step in range(power):
        partners = [partner(rank, step, processes) for rank in range(processes)]
        pairs = dict(enumerate(partners))
        for one, other in pairs.items():
            if other not in pairs or pairs[other] != one or one == other:
                odd = f"{one} with {other}, {other} with {pairs.get(other)}"
                wrong = wrong or f"{case}, round {step}: expected pairs, got {odd}"
        if wrong:
            break
        held = held + held[partners]  # (K, L)
    for rank, got in enumerate(held.tolist()):
        if got != expected:
            wrong = wrong or f"{case}, {rank} holds: expected {expected}, got {got}"
print(f"not yet: {wrong}" if wrong else "right: 2 to 128 processes hold the sum")
