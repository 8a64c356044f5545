"""Value iteration: the best action at every state, and how fast it is found."""

from itertools import product

import numpy as np

P = np.array(  # (S, A, S): fresh, worn, broken; run, repair
    [
        [[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]],
        [[0.0, 0.5, 0.5], [1.0, 0.0, 0.0]],
        [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]],
    ]
)
R = np.array([[3.0, -1.0], [2.0, -1.0], [0.0, -3.0]])  # (S, A)


def sweep(P, R, V, gamma):
    """Return Q (S, A): the reward now, and what the next state is worth, discounted."""
    return R + gamma * P @ V  # (S, A, S) @ (S,)


def value_iteration(P, R, gamma, tolerance=1e-10):
    """Return V* (S,), the best actions (S,), and the number of sweeps.

    V <- max over a of R + gamma P V, until V is within `tolerance` of V*, which is so
    if a sweep moves it by less than tolerance (1 - gamma) / gamma. 0 < gamma < 1, else
    ValueError. Source: Bellman 1957; Puterman 1994, 6.3.
    """
    if not 0 < gamma < 1:
        raise ValueError(f"gamma is {gamma}, has to be in (0, 1)")
    V, moved, sweeps = np.zeros(len(R)), np.inf, 0
    while moved > tolerance * (1 - gamma) / gamma:
        new = sweep(P, R, V, gamma).max(axis=1)  # (S,)
        V, moved, sweeps = new, abs(new - V).max(), sweeps + 1
    return V, sweep(P, R, V, gamma).argmax(axis=1), sweeps


def solve(actions, gamma):
    """Return V (S,) of a fixed choice of actions, by a linear system."""
    s = np.arange(len(R))
    return np.linalg.solve(np.eye(len(R)) - gamma * P[s, actions], R[s, actions])


NAMES = np.array(["run", "repair"])
print("gamma  sweeps   fresh    worn  broken  best actions          off by")
for gamma in (0.1, 0.5, 0.7, 0.9, 0.99):
    V, actions, sweeps = value_iteration(P, R, gamma)
    every = [solve(list(a), gamma) for a in product((0, 1), repeat=3)]  # all 8 policies
    off = abs(V - np.max(every, axis=0)).max()
    row = "".join(f"{v:8.2f}" for v in V)
    print(f"{gamma:5}{sweeps:8d}{row}  {', '.join(NAMES[actions]):<20}{off:9.7f}")

print(f"by hand, gamma = 0.9: fresh is worth 2.55 / 0.145 = {2.55 / 0.145:.2f}")
