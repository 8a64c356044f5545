"""What is seen is not the state: the same picture asks for different actions."""

import numpy as np

GAMMA = 0.9
NEXT = np.array([[1, 0], [2, 0], [0, 0]])  # (S, A): new, used, worn; run, repair
R = np.array([[3.0, -1.0], [2.0, -1.0], [-6.0, -1.0]])  # (S, A): worn ones break


def value(policy):
    """Return V (S,) of a policy (S, A), by a linear system."""
    P = np.eye(3)[NEXT]  # (S, A, S): each action leads to one state
    P_pi = np.einsum("sa,sat->st", policy, P)  # (S, S)
    return np.linalg.solve(np.eye(3) - GAMMA * P_pi, (policy * R).sum(axis=1))


def blind(q):
    """The policy of one who sees no state: repair with probability q everywhere."""
    return np.tile([1 - q, q], (3, 1))  # (S, A)


def counted(steps=400):
    """Return the discounted return of a player who sees no state, but counts runs."""
    state, runs, total = 0, 0, 0.0
    for t in range(steps):
        action = int(runs == 2)  # after two runs, repair
        total += GAMMA**t * R[state, action]
        state, runs = NEXT[state, action], 0 if action else runs + 1
    return total


print("from a new machine")
print(f"sees the state:                          {value(np.eye(2)[[0, 0, 1]])[0]:6.2f}")
print(f"sees nothing, always runs:               {value(blind(0))[0]:6.2f}")
print(f"sees nothing, always repairs:            {value(blind(1))[0]:6.2f}")
best = max(np.linspace(0, 1, 101), key=lambda q: value(blind(q))[0])
top = value(blind(best))[0]
print(f"sees nothing, best coin, repairs {100 * best:2.0f} %:   {top:6.2f}")
print(f"sees nothing, counts its runs:           {counted():6.2f}")
