"""Q-learning: the best actions from experience, without knowing the process."""

import numpy as np

P = np.array(  # (S, A, S): fresh, worn, broken; run, repair
    [
        [[0.5, 0.5, 0.0], [1.0, 0.0, 0.0]],
        [[0.0, 0.5, 0.5], [1.0, 0.0, 0.0]],
        [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]],
    ]
)
R = np.array([[3.0, -1.0], [2.0, -1.0], [0.0, -3.0]])  # (S, A)
GAMMA, EXPLORE = 0.9, 0.2


def q_learning(steps, explore, rng):
    """Return Q (S, A) after one long run; a share `explore` of the actions is random.

    Q(s, a) moves toward r + gamma max Q(t, .) with a weight that falls with the visits.
    Source: Watkins and Dayan 1992.
    """
    Q, visits, s = np.zeros((3, 2)), np.zeros((3, 2)), 0
    chance, tossed, moved = rng.random((steps, 3)).T  # (steps,) each
    cumulated = P.cumsum(axis=2)  # (S, A, S)
    for n in range(steps):
        a = int(2 * tossed[n]) if chance[n] < explore else Q[s].argmax()
        t = (moved[n] > cumulated[s, a]).sum()  # the environment's move
        visits[s, a] += 1
        weight = visits[s, a] ** -0.7
        Q[s, a] += weight * (R[s, a] + GAMMA * Q[t].max() - Q[s, a])
        s = t
    return Q, visits


best = np.zeros(3)
for _ in range(500):
    Q_star = R + GAMMA * P @ best  # (S, A)
    best = Q_star.max(axis=1)

print("               fresh          worn           broken        tried least")
print("             run repair    run repair     run repair       action")
for name, steps, explore in [
    ("100 steps", 100, EXPLORE),
    ("1,000", 1000, EXPLORE),
    ("20,000", 20000, EXPLORE),
    ("no exploring", 20000, 0.0),
]:
    Q, visits = q_learning(steps, explore, np.random.default_rng(0))
    print(
        f"{name:<12}"
        + "".join(f"{q:7.1f}" for q in Q.ravel())
        + f"{visits.min():10.0f}"
    )
print(f"{'Q*':<12}" + "".join(f"{q:7.1f}" for q in Q_star.ravel()))
